import { type StatedGrant } from "../../core/access/verdict";

/** What a grant of a policy is on, and whether that holds the repository. */
export type Place = Pick<StatedGrant, "on" | "reaches">;

/** The grants of a policy as Google's services answer it. https://cloud.google.com/iam/docs/reference/rest/v1/Policy */
export function grantsIn(policy: Record<string, unknown>, place: Place): StatedGrant[] {
  return listOf(policy.bindings).flatMap((binding) => {
    const { role, members, condition } = fieldsOf(binding);
    const { title, expression } = fieldsOf(condition);
    const text = textOf(title) || textOf(expression);
    return listOf(members).map((member) => ({
      ...{ role: textOf(role), member: textOf(member), ...place },
      ...(condition === undefined ? {} : { condition: text || "without a title" }),
    }));
  });
}

/** The fields of an object; none of anything else. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** The entries of a list; none of anything else. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text; an empty one where it is none. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
