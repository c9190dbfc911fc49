import { type Part } from "../scan/parts";
import { type Collector } from "./collector";
import { formatOf } from "./detect";
import { type Format } from "./format";
import { lookupOf } from "./lookups";
import { ITEM, shown } from "./path";
import { type MapNode, type Node, type Scalar, textOf } from "./tree";
import { expand, type Lookup } from "./variables";

/** Where a walk through a document is. */
export interface Visit {
  /** Text of the file as it is. */
  source: string;
  path: string;
  format: Format;
  /** Kind of object or file, for people. */
  label: string;
  /** Keys from the object's root. */
  keys: readonly string[];
  /** Mappings around the place, the innermost last. */
  around: readonly MapNode[];
  collector: Collector;
  /** Reads a manifest that a text holds, from where that begins in the file. */
  scanInside: (text: string, base: number, label: string) => void;
}

/** What a walk calls on its way. */
export interface Visitor {
  scalar: (scalar: Scalar, visit: Visit) => void;
  map: (map: MapNode, visit: Visit) => void;
}

/** Aliases are followed to the same node so many times, so that a few lines of them are no bomb. */
const MOST_VISITS = 4;

/** A visit that goes on: the walk changes its path and surroundings in place, since most places are passed by. */
type Walking = Visit & { keys: string[]; around: MapNode[] };

/** Walks through a document; an object within it that has `apiVersion` and `kind` is read as one of its own. */
export function walk(root: Node, visit: Omit<Visit, "keys" | "around">, visitor: Visitor): void {
  walkNode(root, { ...visit, keys: [], around: [] }, visitor, new Map());
}

function walkNode(node: Node | undefined, visit: Walking, visitor: Visitor, visits: Map<Node, number>): void {
  if (node === undefined) return;
  if (node.kind === "scalar") return visitor.scalar(node, visit);
  const times = visits.get(node) ?? 0;
  if (times >= MOST_VISITS) return;
  visits.set(node, times + 1);
  if (node.kind === "map") return walkMap(node, visit, visitor, visits);
  visit.keys.push(ITEM);
  for (const item of node.items) walkNode(item, visit, visitor, visits);
  visit.keys.pop();
}

function walkMap(map: MapNode, outside: Walking, visitor: Visitor, visits: Map<Node, number>): void {
  const visit = objectVisit(map, outside);
  visit.around.push(map);
  visitor.map(map, visit);
  for (const { key, value } of map.entries) {
    if (key === "<<") for (const merged of mergedBy(value)) walkNode(merged, visit, visitor, visits);
    else {
      visit.keys.push(key);
      walkNode(value, visit, visitor, visits);
      visit.keys.pop();
    }
  }
  visit.around.pop();
}

function mergedBy(value: Node | undefined): (Node | undefined)[] {
  return value?.kind === "list" ? value.items : [value];
}

/** Longer kinds are no kinds. */
const KIND = /^[A-Za-z][\w.-]{0,60}$/;

function objectVisit(map: MapNode, visit: Walking): Walking {
  const kind = textOf(map, "kind");
  const isObject = visit.keys.length > 0 && kind !== undefined && textOf(map, "apiVersion") !== undefined;
  if (!isObject) return visit;
  const format = formatOf(visit.path, map);
  return { ...visit, format, label: KIND.test(kind) ? kind : format.name, keys: [] };
}

/** Name of a place for people, such as `Deployment spec.template.spec.containers[].image`; never empty. */
export function placeName({ label, keys }: Visit): string {
  return `${label} ${shown(keys).slice(0, 200)}`.trim() || "top level";
}

/** Values of variables as this place sees them. */
export function lookup(visit: Visit): Lookup {
  return lookupOf(visit.format, visit.around);
}

/** A value with its variables filled in. */
export function partsOf(scalar: Scalar, visit: Visit): Part[] {
  return expand(scalar, visit.source, lookup(visit));
}
