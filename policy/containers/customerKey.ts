import { inputCheck } from "../inputCheck";
import { type ResourceRule } from "../rule";
import { REPOSITORY } from "./repositories";

/** Repositories are encrypted with a key of one's own. */
export const customerKey: ResourceRule = {
  id: "containers-customer-key",
  what: "Repositories are encrypted with a customer's key.",
  why: "Google encrypts every repository. A key of your own adds that you can take it away and that its use is logged; it costs a key in each location, and a key that is destroyed takes the images with it. It is required where a standard says so.",
  fix: "Set `kmsKeyName` to a key in the repository's location and grant its use to the service agent of Artifact Registry.",
  severity: "low",
  level: "disabled",
  link: "https://cloud.google.com/artifact-registry/docs/cmek",
  checkov: ["CKV_GCP_84"],
  types: [REPOSITORY],
  check: inputCheck(
    "kmsKeyName",
    (value) => typeof value === "string" && value !== "",
    "The repository is encrypted with a key of Google's.",
  ),
};
