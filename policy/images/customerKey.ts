import { type Finding, type PolicyResource, type ResourceRule } from "../rule";
import { at, entries, type Inputs, UNKNOWN, type Value } from "../value";
import { TEMPLATES } from "./sources";

/** Input of each type that names its key. */
const INPUTS: Readonly<Record<string, string>> = {
  "gcp:compute/disk:Disk": "diskEncryptionKey.kmsKeySelfLink",
  "gcp:compute/image:Image": "imageEncryptionKey.kmsKeySelfLink",
  "gcp:compute/instance:Instance": "bootDisk.kmsKeySelfLink",
  "gcp:compute/regionDisk:RegionDisk": "diskEncryptionKey.kmsKeySelfLink",
  "gcp:compute/snapshot:Snapshot": "snapshotEncryptionKey.kmsKeySelfLink",
  "gcp:storage/bucket:Bucket": "encryption.defaultKmsKeyName",
};

const VIOLATION = "This is encrypted with a key that is not yours.";

/** Images, disks and buckets are encrypted with the customer's own key. */
export const customerKey: ResourceRule = {
  id: "images-customer-key",
  what: "Images, disks, snapshots and buckets are encrypted with a key of Cloud KMS.",
  why: "Google encrypts everything at rest with keys of its own. Who must be able to lock all copies of a disk at once, or to show who used the key, needs a key of their own. It costs a key for every location and grants for every service that uses it, so that the rule is off until you turn it on.",
  fix: "Name the key of Cloud KMS in `kmsKeySelfLink`, which buckets call `encryption.defaultKmsKeyName`.",
  severity: "medium",
  level: "disabled",
  link: "https://cloud.google.com/compute/docs/disks/customer-managed-encryption",
  checkov: ["CKV_GCP_37", "CKV_GCP_38"],
  types: [...Object.keys(INPUTS), ...TEMPLATES],
  check: (resource) => keysOf(resource).flatMap(({ path, value }) => keyFindings(path, value)),
};

function keyFindings(path: string, value: Value): Finding[] {
  if (value === UNKNOWN) return [{ path, cannotTell: true }];
  return typeof value === "string" && value !== "" ? [] : [{ path, violation: VIOLATION }];
}

/** An existing disk has its own key. */
function keysOf({ type, inputs }: PolicyResource): { path: string; value: Value }[] {
  if (TEMPLATES.includes(type)) return entries(inputs.disks).flatMap(templateKey);
  const path = INPUTS[type];
  const isExisting = type.endsWith(":Instance") && isGiven(at(inputs, "bootDisk.source"));
  return isExisting ? [] : [{ path, value: at(inputs, path) }];
}

function templateKey(disk: Value, place: number): { path: string; value: Value }[] {
  const { source, type } = (disk === UNKNOWN ? {} : (disk ?? {})) as Inputs;
  if (isGiven(source) || type === "SCRATCH") return [];
  const path = "diskEncryptionKey.kmsKeySelfLink";
  return [{ path: `disks[${place}].${path}`, value: at(disk, path) }];
}

function isGiven(value: Value): boolean {
  return value !== undefined && value !== null && value !== "";
}
