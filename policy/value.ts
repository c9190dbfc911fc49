/** Stands for an input that a preview cannot know yet. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** A resource's input, or a part of it; `undefined` where nothing was given. Secrets are unwrapped, as Pulumi does for policies. */
export type Value = undefined | null | boolean | number | string | typeof UNKNOWN | Value[] | Inputs;

/** Inputs of a resource by their names in Pulumi's schema. */
export interface Inputs {
  [name: string]: Value;
}

/**
 * The part of a value at a path such as `dockerConfig.immutableTags` or `disks.0.source`; {@link UNKNOWN} where it, or
 * anything on the way to it, is not known yet. Names that hold dots themselves make a list.
 */
export function at(value: Value, path: string | readonly string[]): Value {
  let part = value;
  for (const name of typeof path === "string" ? path.split(".") : path) {
    if (part === UNKNOWN) return UNKNOWN;
    if (part === null || typeof part !== "object" || !Object.hasOwn(part, name)) return undefined;
    part = (part as Inputs)[name];
  }
  return part;
}

/** The entries of a list; none where nothing was given or it is not a list. An unknown list has one unknown entry. */
export function entries(value: Value): Value[] {
  if (value === UNKNOWN) return [UNKNOWN];
  return Array.isArray(value) ? value : [];
}
