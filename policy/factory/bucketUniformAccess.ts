import { inputCheck } from "../inputCheck";
import { type ResourceRule } from "../rule";
import { BUCKET } from "./buckets";

/** Who may read a bucket is said by IAM alone. */
export const bucketUniformAccess: ResourceRule = {
  id: "factory-bucket-uniform-access",
  what: "Buckets have uniform bucket-level access.",
  why: "Without it every object has an access list of its own beside IAM, so that an object may be public in a bucket whose grants look private. Lists are not seen in a preview, nor in an audit of IAM.",
  fix: "Set `uniformBucketLevelAccess` to true.",
  severity: "high",
  level: "mandatory",
  link: "https://cloud.google.com/storage/docs/uniform-bucket-level-access",
  checkov: ["CKV_GCP_29"],
  types: [BUCKET],
  check: inputCheck(
    "uniformBucketLevelAccess",
    (value) => value === true,
    "Objects of this bucket have access lists of their own.",
  ),
};
