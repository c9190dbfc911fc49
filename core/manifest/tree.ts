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

/** How far merges lead to merges. */
const MOST_MERGES = 8;

/** What a mapping holds under a key, by itself or merged in with `<<`. https://yaml.org/type/merge.html */
export function get(node: Node | undefined, key: string, depth = 0): Node | undefined {
  if (node?.kind !== "map") return undefined;
  const own = node.entries.find((entry) => entry.key === key);
  if (own !== undefined || node.merges !== true || depth > MOST_MERGES) return own?.value;
  for (const entry of node.entries) {
    if (entry.key !== "<<") continue;
    for (const merged of entry.value?.kind === "list" ? entry.value.items : [entry.value]) {
      const value = get(merged, key, depth + 1);
      if (value !== undefined) return value;
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
