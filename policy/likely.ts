import { UNKNOWN, type Value } from "./value";

/** Whether something is so, for all that a preview knows. */
export type Likely = "yes" | "maybe" | "no";

/** Whether two names are the same. */
export function alike(one: Value, other: Value): Likely {
  if (one === UNKNOWN || other === UNKNOWN) return "maybe";
  return one === other ? "yes" : "no";
}

/** Whether all of several things are so. */
export function bothAlike(all: readonly Likely[]): Likely {
  if (all.includes("no")) return "no";
  return all.includes("maybe") ? "maybe" : "yes";
}

/** Whether one of several things is so. */
export function anyLikely(all: readonly Likely[]): Likely {
  if (all.includes("yes")) return "yes";
  return all.includes("maybe") ? "maybe" : "no";
}
