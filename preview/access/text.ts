import { type GraphResource } from "../graph";
import { type GraphValue, markerOf } from "../graphValue";

/** An input as the matrix shows it: text, `[secret]`, `[unknown]`, or `[unknown] of <name>`; empty where left out. */
export function textAt(resource: GraphResource, input: string): string {
  return textOf(resource.inputs[input], resource, input);
}

/**
 * {@link textAt} for a value.
 *
 * @param resource whose input it is, or a part of it.
 */
export function textOf(value: GraphValue | undefined, resource?: GraphResource, input = ""): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "object") return String(value);
  if (markerOf(value) !== "unknown") return JSON.stringify(value);
  const owner = resource && onlyOne(resource.propertyDependencies[input]);
  return owner === undefined ? "[unknown]" : `[unknown] of ${owner}`;
}

/** Logical name of the one resource that an input comes from. */
function onlyOne(urns: string[] = []): string | undefined {
  return urns.length === 1 ? urns[0].split("::").slice(3).join("::") : undefined;
}

/** The fields of an object; none of anything else. */
export function fieldsOf(value: GraphValue | undefined): Record<string, GraphValue> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

/** Title, or else expression, of an IAM condition. */
export function conditionText(condition: GraphValue | undefined): { condition?: string } {
  if (condition === undefined || condition === null) return {};
  if (typeof condition !== "object" || markerOf(condition) === "unknown") return { condition: textOf(condition) };
  const { title, expression } = fieldsOf(Array.isArray(condition) ? condition[0] : condition);
  return { condition: textOf(title) || textOf(expression) || "[unknown]" };
}
