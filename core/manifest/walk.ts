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

/** Walks through a document; an object within it that has `apiVersion` and `kind` is read as one of its own. */
export function walk(node: Node | undefined, visit: Visit, visitor: Visitor, visits = new Map<Node, number>()): void {
  if (node === undefined) return;
  const times = visits.get(node) ?? 0;
  if (times >= MOST_VISITS) return;
  visits.set(node, times + 1);
  if (node.kind === "scalar") visitor.scalar(node, visit);
  else if (node.kind === "list") {
    for (const item of node.items) walk(item, { ...visit, keys: [...visit.keys, ITEM] }, visitor, visits);
  } else walkMap(node, visit, visitor, visits);
}

function walkMap(map: MapNode, visit: Visit, visitor: Visitor, visits: Map<Node, number>): void {
  const inside = { ...objectVisit(map, visit), around: [...visit.around, map] };
  visitor.map(map, inside);
  for (const { key, value } of map.entries) {
    if (value === undefined) continue;
    const keys = key === "<<" ? inside.keys : [...inside.keys, key];
    if (value.kind === "scalar") visitor.scalar(value, { ...inside, keys });
    else if (key === "<<" && value.kind === "list") for (const item of value.items) walk(item, inside, visitor, visits);
    else walk(value, { ...inside, keys }, visitor, visits);
  }
}

/** Longer kinds are no kinds. */
const KIND = /^[A-Za-z][\w.-]{0,60}$/;

function objectVisit(map: MapNode, visit: Visit): Visit {
  const kind = textOf(map, "kind");
  const isObject = visit.keys.length > 0 && kind !== undefined && textOf(map, "apiVersion") !== undefined;
  if (!isObject) return visit;
  const format = formatOf(visit.path, map);
  return { ...visit, format, label: KIND.test(kind) ? kind : format.name, keys: [] };
}

/** Name of a place for people, such as `Deployment spec.template.spec.containers[].image`. */
export function placeName({ label, keys }: Visit): string {
  return `${label} ${shown(keys).slice(0, 200)}`.trim();
}

/** Values of variables as this place sees them. */
export function lookup(visit: Visit): Lookup {
  return lookupOf(visit.format, visit.around);
}

/** A value with its variables filled in. */
export function partsOf(scalar: Scalar, visit: Visit): Part[] {
  return expand(scalar, visit.source, lookup(visit));
}
