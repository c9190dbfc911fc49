/**
 * A value in a preview graph: plain JSON. What JSON has no word for is an object with one key: `{"$unknown": true}` for
 * what is known after the deployment only, `{"$asset": …}`, `{"$archive": …}`, `{"$resource": "<urn>"}`. A program's
 * own object with such a key gets one more `$`. A secret is the text `[secret]`, as in `pulumi preview --json`.
 */
export type GraphValue = null | boolean | number | string | GraphValue[] | { [key: string]: GraphValue };

/** Stands for a secret. */
export const SECRET = "[secret]";

/** Stands, where two values are compared, for one whose other side alone is a secret: it may be the same text. */
export const NOT_SECRET = "[not secret]";

/** Stands for what a preview cannot know. */
export const UNKNOWN: { [key: string]: GraphValue } = Object.freeze({ $unknown: true });

const MARKER = /^\$+(unknown|asset|archive|resource)$/;

/** An object of the program, its keys kept apart from the markers. */
export function plainObject(entries: Iterable<[string, GraphValue]>): Record<string, GraphValue> {
  // fromEntries defines every key as the object's own, so that a key named __proto__ is only a key.
  return Object.fromEntries([...entries].map(([key, value]) => [MARKER.test(key) ? `$${key}` : key, value]));
}

/** What a marker stands for, if the value is one. */
export function markerOf(value: GraphValue): "unknown" | "asset" | "archive" | "resource" | undefined {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return undefined;
  const keys = Object.keys(value);
  if (keys.length !== 1) return undefined;
  const match = /^\$(unknown|asset|archive|resource)$/.exec(keys[0]);
  return match ? (match[1] as "unknown" | "asset" | "archive" | "resource") : undefined;
}

/** Whether a value has more levels. Recursion is bounded by the limit, however deep the value is. */
export function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}
