import { compareText, type GraphResource } from "../graph";
import { type GraphValue, markerOf } from "../graphValue";

/** More values of an input than this are counted, not named. */
const MOST_NAMED = 6;

/** How often each value of an input occurs, the most frequent first: "e2-medium 2, n2-standard-4 1". */
export function tally(resources: GraphResource[], path: string, byDefault: string): string {
  const counts = new Map<string, number>();
  for (const resource of resources) {
    const value = shown(inputAt(resource, path)) ?? byDefault;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([a, many], [b, more]) => more - many || compareText(a, b));
  const named = sorted.slice(0, MOST_NAMED).map(([value, count]) => `${value} ${count}`);
  const rest = sorted.length - named.length;
  return [...named, ...(rest > 0 ? [`${rest} others`] : [])].join(", ");
}

/** The sum of an input, as far as it is known: "40 GB, 1 unknown". */
export function total(resources: GraphResource[], path: string, unit: string): string {
  const values = resources.map((resource) => Number(shown(inputAt(resource, path)) ?? NaN));
  const known = values.filter(Number.isFinite);
  const sum = known.reduce((a, b) => a + b, 0);
  const open = values.length - known.length;
  const parts = [...(known.length > 0 ? [`${sum} ${unit}`] : []), ...(open > 0 ? [`${open} not told`] : [])];
  return parts.join(", ");
}

/** How many are of some sort: "1 without lifecycle rules"; empty where none is. */
export function flagged(resources: GraphResource[], what: string, is: (resource: GraphResource) => boolean): string {
  const count = resources.filter(is).length;
  return count === 0 ? "" : `${count} ${what}`;
}

/** How many entries a list has. */
export function countOf(value: GraphValue | undefined): number {
  return Array.isArray(value) ? value.length : 0;
}

function inputAt({ inputs }: GraphResource, path: string): GraphValue | undefined {
  let part: GraphValue | undefined = inputs;
  for (const key of path.split(".")) {
    if (typeof part !== "object" || part === null || Array.isArray(part)) return undefined;
    if (markerOf(part) === "unknown") return part;
    part = Object.hasOwn(part, key) ? part[key] : undefined;
  }
  return part;
}

/** A machine type may be the URL of one. */
function shown(value: GraphValue | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "object") return String(value).split("/").pop()?.slice(0, 60);
  return markerOf(value) === "unknown" ? "[unknown]" : undefined;
}
