import { type Finding, type PolicyResource } from "../rule";
import { at, UNKNOWN, type Value } from "../value";

/** Instances and templates that say everything about themselves. */
const WHOLE = [
  "gcp:compute/instance:Instance",
  "gcp:compute/instanceTemplate:InstanceTemplate",
  "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate",
];

/** Instances that have what they do not say from a template or a machine image. */
const INHERITING = [
  "gcp:compute/instanceFromMachineImage:InstanceFromMachineImage",
  "gcp:compute/instanceFromTemplate:InstanceFromTemplate",
];

/** Instances of Compute Engine and what they are made from. */
export const INSTANCES: readonly string[] = [...WHOLE, ...INHERITING];

/** Whether what is not given comes from elsewhere. */
export function inherits({ type }: PolicyResource): boolean {
  return INHERITING.includes(type);
}

/** Judges one entry of the metadata, which is text. @param judge is asked with `undefined` where there is none. */
export function judgeMetadata(
  { inputs }: PolicyResource,
  key: string,
  judge: (flag: boolean | undefined) => string | undefined,
): Finding[] {
  const path = `metadata.${key}`;
  const value = at(inputs, path);
  if (value === UNKNOWN) return [{ path, cannotTell: true }];
  const violation = judge(value === undefined || value === null ? undefined : isTrue(value));
  return violation === undefined ? [] : [{ path, violation }];
}

/** Compute Engine's own reading. https://cloud.google.com/compute/docs/metadata/setting-custom-metadata#boolean */
export function isTrue(value: Value): boolean {
  return value === true || value === 1 || (typeof value === "string" && /^(true|yes|y|1)$/i.test(value));
}
