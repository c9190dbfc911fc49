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

/** All metadata of a project, which its instances have, and one entry of them. */
const PROJECT = "gcp:compute/projectMetadata:ProjectMetadata";
const ITEM = "gcp:compute/projectMetadataItem:ProjectMetadataItem";

/** Whatever gives metadata to instances. */
export const WITH_METADATA: readonly string[] = [...INSTANCES, PROJECT, ITEM];

/** Whether what is not given comes from elsewhere. */
export function inherits({ type }: PolicyResource): boolean {
  return INHERITING.includes(type) || type === ITEM;
}

/** Metadata as one object, and where it stands. */
export interface Metadata {
  values: Value;
  /** Path of an entry, or of all. */
  pathOf: (key?: string) => string;
}

/** The metadata that a resource gives. */
export function metadataOf({ type, inputs }: PolicyResource): Metadata {
  const { metadata, key, value } = inputs;
  if (type !== ITEM)
    return { values: metadata, pathOf: (name) => (name === undefined ? "metadata" : `metadata.${name}`) };
  const values: Value = key === UNKNOWN ? UNKNOWN : typeof key === "string" ? { [key]: value } : {};
  return { values, pathOf: () => (key === UNKNOWN ? "key" : "value") };
}

/** Judges one entry of the metadata, which is text. @param judge is asked with `undefined` where there is none. */
export function judgeMetadata(
  resource: PolicyResource,
  key: string,
  judge: (flag: boolean | undefined, path: string) => Finding[],
): Finding[] {
  const { values, pathOf } = metadataOf(resource);
  const value = at(values, [key]);
  if (value === UNKNOWN) return [{ path: pathOf(key), cannotTell: true }];
  return judge(value === undefined || value === null ? undefined : isTrue(value), pathOf(key));
}

/** Compute Engine's own reading. https://cloud.google.com/compute/docs/metadata/setting-custom-metadata#boolean */
export function isTrue(value: Value): boolean {
  return value === true || value === 1 || (typeof value === "string" && /^(true|yes|y|1)$/i.test(value));
}
