import { type Finding, type PolicyResource } from "../rule";
import { at, entries, UNKNOWN, type Value } from "../value";
import { type ImageReference, imageReference } from "./reference";

const BOOT_DISK = "bootDisk.initializeParams.image";

/** Input of each type that names the image from which it boots or is made. */
const INPUTS: Readonly<Record<string, string>> = {
  "gcp:compute/disk:Disk": "image",
  "gcp:compute/image:Image": "sourceImage",
  "gcp:compute/instance:Instance": BOOT_DISK,
  "gcp:compute/instanceFromTemplate:InstanceFromTemplate": BOOT_DISK,
  "gcp:compute/regionDisk:RegionDisk": "image",
};

/** Types of templates, whose disks name images. */
export const TEMPLATES: readonly string[] = [
  "gcp:compute/instanceTemplate:InstanceTemplate",
  "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate",
];

/** Types of resources that are made from an image. */
export const FROM_IMAGES: readonly string[] = [...Object.keys(INPUTS), ...TEMPLATES];

/** Inputs of each type that name a disk's copy from which it is made: a snapshot or a machine image. */
const COPIES: Readonly<Record<string, string>> = {
  "gcp:compute/disk:Disk": "snapshot",
  "gcp:compute/image:Image": "sourceSnapshot",
  "gcp:compute/instance:Instance": "bootDisk.initializeParams.snapshot",
  "gcp:compute/instanceFromMachineImage:InstanceFromMachineImage": "sourceMachineImage",
  "gcp:compute/regionDisk:RegionDisk": "snapshot",
};

/** Types of resources that are made from an image or from a disk's copy. */
export const FROM_IMAGES_OR_COPIES: readonly string[] = [...new Set([...FROM_IMAGES, ...Object.keys(COPIES)])];

/** An image that a resource names. */
export interface Source {
  path: string;
  value: Value;
}

/** The images that a resource names. */
export function sourcesOf(resource: Pick<PolicyResource, "type" | "inputs">): Source[] {
  return namedBy(resource, INPUTS, "sourceImage");
}

/** The snapshots and machine images that a resource names; a whole disk that is not known is among its images. */
export function copiesOf(resource: Pick<PolicyResource, "type" | "inputs">): Source[] {
  return namedBy(resource, COPIES, "sourceSnapshot").filter(({ path }) => !/^disks\[\d+\]$/.test(path));
}

function namedBy(
  { type, inputs }: Pick<PolicyResource, "type" | "inputs">,
  ofType: Readonly<Record<string, string>>,
  ofDisk: string,
): Source[] {
  if (!TEMPLATES.includes(type)) return Object.hasOwn(ofType, type) ? given([source(inputs, ofType[type])]) : [];
  return given(
    entries(inputs.disks).map((disk, place) =>
      disk === UNKNOWN
        ? { path: `disks[${place}]`, value: UNKNOWN }
        : { path: `disks[${place}].${ofDisk}`, value: at(disk, ofDisk) },
    ),
  );
}

function source(inputs: PolicyResource["inputs"], path: string): Source {
  return { path, value: at(inputs, path) };
}

function given(sources: Source[]): Source[] {
  return sources.filter(({ value }) => value !== undefined && value !== null && value !== "");
}

/** A violation for each image that is objected to, no answer for each that is not known. */
export function sourceFindings(
  resource: PolicyResource,
  isBad: (image: ImageReference) => boolean,
  violation: string,
): Finding[] {
  return sourcesOf(resource).flatMap(({ path, value }): Finding[] => {
    if (value === UNKNOWN) return [{ path, cannotTell: true }];
    const image = imageReference(value);
    return image && isBad(image) ? [{ path, violation }] : [];
  });
}
