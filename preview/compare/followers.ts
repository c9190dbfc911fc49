import { type GraphResource } from "../graph";
import { type GraphValue, markerOf, SECRET, UNKNOWN } from "../graphValue";
import { ChangeKind, type ResourceChange } from "./comparison";
import { isFields } from "./inputChanges";
import { type Pair } from "./matching";
import { isNamed, replaces } from "./replacement";

/** A resource of both graphs, and what becomes of it. */
export interface Kept extends Pair {
  change?: ResourceChange;
}

/**
 * Resources that are replaced because of another: an input that replaces them is unknown on both sides, and comes from
 * what is replaced or new. They may be followed by others in their turn.
 *
 * @returns by the URN after the change, why.
 */
export function followers(kept: readonly Kept[], fresh: readonly GraphResource[]): Map<string, string> {
  const found = new Map<string, string>();
  const dependents = byDependency(kept);
  const isReplaced = ({ change }: Kept) => change?.kind === ChangeKind.Replace;
  const pending = [
    ...kept.filter(isReplaced).map(({ after }) => ({ source: after, is: "replaced" })),
    ...fresh.map((source) => ({ source, is: "new" })),
  ];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { source, is } = next;
    for (const one of dependents.get(source.urn) ?? []) {
      if (isReplaced(one) || found.has(one.after.urn)) continue;
      const path = openPath(one, source.urn);
      if (path === undefined) continue;
      found.set(one.after.urn, `replaced if ${path} differs, as it may since ${shortName(source)} is ${is}`);
      pending.push({ source: one.after, is: "replaced" });
    }
  }
  return found;
}

function byDependency(kept: readonly Kept[]): Map<string, Kept[]> {
  const dependents = new Map<string, Kept[]>();
  for (const one of kept)
    for (const urn of new Set(Object.values(one.after.propertyDependencies).flat())) {
      const others = dependents.get(urn);
      if (others) others.push(one);
      else dependents.set(urn, [one]);
    }
  return dependents;
}

function shortName({ type, name }: GraphResource): string {
  return `${type.split(":").at(-1)} ${name}`;
}

/** The first input that comes from a resource, replaces, and is unknown on both sides. */
function openPath({ before, after }: Pair, source: string): string | undefined {
  return Object.entries(after.propertyDependencies)
    .filter(([, urns]) => urns.includes(source))
    .flatMap(([input]) => openPaths(before.inputs[input], after.inputs[input], input))
    .find(
      (path) =>
        !isNamed(after.options.ignoreChanges ?? [], path) &&
        replaces(after, { path, before: UNKNOWN, after: UNKNOWN }) !== "no",
    );
}

function openPaths(before: GraphValue | undefined, after: GraphValue | undefined, path: string): string[] {
  if (before === undefined || after === undefined) return [];
  if (isOpen(before) && isOpen(after)) return [path];
  if (Array.isArray(before) && Array.isArray(after))
    return after.flatMap((entry, at) => openPaths(before[at], entry, `${path}[${at}]`));
  if (!isFields(before) || !isFields(after)) return [];
  return Object.keys(after).flatMap((key) =>
    openPaths(Object.hasOwn(before, key) ? before[key] : undefined, after[key], `${path}.${key}`),
  );
}

function isOpen(value: GraphValue): boolean {
  return value === SECRET || markerOf(value) === "unknown";
}
