import { type Finding, type PolicyResource } from "./rule";
import { at, UNKNOWN, type Value } from "./value";

/**
 * A check of one input of a resource: a violation where its value is not accepted, no answer where it is not known yet.
 *
 * @param accepts is asked with `undefined` where the input was not given.
 */
export function inputCheck(
  path: string | readonly string[],
  accepts: (value: Value) => boolean,
  violation: string,
): (resource: PolicyResource) => Finding[] {
  const place = typeof path === "string" ? path : path.join(".");
  return ({ inputs }) => {
    const value = at(inputs, path) ?? undefined;
    if (value === UNKNOWN) return [{ path: place, cannotTell: true }];
    return accepts(value) ? [] : [{ path: place, violation }];
  };
}
