import { inputCheck } from "../inputCheck";
import { type ResourceRule } from "../rule";
import { BUCKET } from "./buckets";

/** What is overwritten or deleted in a bucket can be had back. */
export const bucketVersioning: ResourceRule = {
  id: "factory-bucket-versioning",
  what: "Buckets keep older versions of their objects.",
  why: "The factory's buckets hold policies, recipes and logs that decide which images are deleted. Without versions an object that a mistake overwrites is gone when soft delete ends, after seven days unless the bucket says otherwise, and nobody sees what it said before.",
  fix: "Set `versioning.enabled` to true, and delete old versions by an entry of `lifecycleRules` with `numNewerVersions` or `daysSinceNoncurrentTime`.",
  severity: "medium",
  level: "advisory",
  link: "https://cloud.google.com/storage/docs/object-versioning",
  checkov: ["CKV_GCP_78"],
  types: [BUCKET],
  check: inputCheck("versioning.enabled", (value) => value === true, "This bucket keeps no older versions."),
};
