import { type Finding, type PolicyResource } from "../rule";
import { at, UNKNOWN } from "../value";
import { imageReference, type ImageReference } from "./imageReference";
import { containersOf } from "./workloads";

/** Judges the image of each container of a workload; those that are not given are left alone. */
export function judgeImages(
  workload: PolicyResource,
  accepts: (image: ImageReference) => boolean,
  violation: string,
): Finding[] {
  return containersOf(workload).flatMap(({ path, inputs }): Finding[] => {
    const image = at(inputs, "image");
    if (image === UNKNOWN) return [{ path: inputs === UNKNOWN ? path : `${path}.image`, cannotTell: true }];
    if (typeof image !== "string" || accepts(imageReference(image))) return [];
    return [{ path: `${path}.image`, violation }];
  });
}
