import { targetOf } from "../iam/grants";

const TARGETS = ["Image", "Disk", "RegionDisk", "Snapshot", "MachineImage", "Instance", "InstanceTemplate"];
const IMAGE_TARGETS = new Set(TARGETS.map((what) => `gcp:compute/${what}`));

/** Whether resources of a type grant access to images, or to disks and instances from which images can be made. */
export function isImageGrantType(type: string): boolean {
  return IMAGE_TARGETS.has(targetOf(type) ?? "");
}
