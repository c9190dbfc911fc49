import { ApiError, invalid } from "../protocol/errors";
import type { Fields } from "../protocol/messages";
import type { Resource } from "../state/store";

const NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** @throws 400 where a name is none that Compute Engine takes. */
export function checkName(field: string, name: unknown): asserts name is string {
  if (typeof name !== "string" || !NAME.test(name))
    throw invalid(field, name, `Must be a match of regex '${NAME.source}'`);
}

/** @throws 400 where an image is obsolete or deleted: new disks and images of it are refused. */
export function checkUsable(image: Resource, path: string): void {
  const state = (image.deprecated as Fields | undefined)?.state;
  if (state === "OBSOLETE" || state === "DELETED")
    throw new ApiError(400, "resourceNotReady", `The resource '${path}' is ${state} and cannot be used`);
}
