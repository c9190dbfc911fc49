import { inputCheck } from "../inputCheck";
import { type ResourceRule } from "../rule";
import { BUCKET } from "./buckets";

/** Buckets cannot be made public. */
export const bucketPublicAccess: ResourceRule = {
  id: "factory-bucket-public-access",
  what: "Buckets enforce public access prevention.",
  why: "One grant to allUsers, made by hand or by another program, publishes a bucket. Prevention refuses such a grant and ignores those that are there, whoever makes them.",
  fix: "Set `publicAccessPrevention` to `enforced`.",
  severity: "high",
  level: "mandatory",
  link: "https://cloud.google.com/storage/docs/public-access-prevention",
  checkov: ["CKV_GCP_114"],
  types: [BUCKET],
  check: inputCheck("publicAccessPrevention", (value) => value === "enforced", "This bucket can be made public."),
};
