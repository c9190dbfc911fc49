/** A document as it was read: what it says, and where exactly each text of it stands. Aliases are the node they mean. */
export type Node = Scalar | MapNode | ListNode;

/** A single value. All are texts here: what type YAML gives it matters to no name of an image. */
export interface Scalar {
  kind: "scalar";
  /** What it says, escapes and folds resolved. */
  value: string;
  /** Where its content stands, quotes excluded. */
  start: number;
  end: number;
  /** Where `value` stands letter by letter; nothing where it is written in another way. */
  at?: number;
  style: "plain" | "quoted" | "literal" | "folded";
}

/** A mapping. */
export interface MapNode {
  kind: "map";
  entries: Entry[];
  /** Whether others are merged in with `<<`. */
  merges?: boolean;
}

/** A line of a mapping; keys that are no scalars are left out. */
export interface Entry {
  key: string;
  value?: Node;
}

/** A sequence. */
export interface ListNode {
  kind: "list";
  items: (Node | undefined)[];
}

/** What a mapping holds under a key, by itself or merged in with `<<`. https://yaml.org/type/merge.html */
export function get(node: Node | undefined, key: string): Node | undefined {
  if (node?.kind !== "map") return undefined;
  const own = node.entries.find((entry) => entry.key === key);
  if (own !== undefined || node.merges !== true) return own?.value;
  return merged(node, key, { left: MOST_MERGES });
}

/** So many mappings are looked at for a key: merges of merges of merges may be more than anybody can count. */
const MOST_MERGES = 200;

function merged(node: MapNode, key: string, budget: { left: number }): Node | undefined {
  for (const { key: one, value } of node.entries) {
    if (one !== "<<") continue;
    for (const other of value?.kind === "list" ? value.items : [value]) {
      if (other?.kind !== "map" || budget.left-- <= 0) continue;
      const own = other.entries.find((entry) => entry.key === key);
      const found = own?.value ?? merged(other, key, budget);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Follows keys down. */
export function getIn(node: Node | undefined, ...keys: string[]): Node | undefined {
  return keys.reduce<Node | undefined>((at, key) => get(at, key), node);
}

/** The text under a key, where there is one that is not empty. */
export function textOf(node: Node | undefined, key: string): string | undefined {
  const value = scalarOf(get(node, key))?.value;
  return value === "" ? undefined : value;
}

/** The node, if it is a single value. */
export function scalarOf(node: Node | undefined): Scalar | undefined {
  return node?.kind === "scalar" ? node : undefined;
}

/** Entries of a sequence; of anything else none. */
export function itemsOf(node: Node | undefined): (Node | undefined)[] {
  return node?.kind === "list" ? node.items : [];
}

/** Whether a mapping has the key, whatever stands there. */
export function has(node: Node | undefined, key: string): boolean {
  return get(node, key) !== undefined || (node?.kind === "map" && node.entries.some((entry) => entry.key === key));
}
