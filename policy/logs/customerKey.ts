import { inputCheck } from "../inputCheck";
import { type ResourceRule } from "../rule";
import { DATASET } from "./datasets";

/** Datasets are encrypted with a key of one's own. */
export const customerKey: ResourceRule = {
  id: "logs-customer-key",
  what: "Datasets are encrypted with a customer's key, which their tables take over.",
  why: "Google encrypts every table. A key of your own adds that you can take it away and that its use is logged; it costs a key in the dataset's location, and a key that is destroyed takes the data with it. It is required where a standard says so.",
  fix: "Set `defaultEncryptionConfiguration.kmsKeyName` and grant the key's use to BigQuery's service account of the project.",
  severity: "low",
  level: "disabled",
  link: "https://cloud.google.com/bigquery/docs/customer-managed-encryption",
  checkov: ["CKV_GCP_80", "CKV_GCP_81"],
  types: [DATASET],
  check: inputCheck(
    "defaultEncryptionConfiguration.kmsKeyName",
    (value) => typeof value === "string" && value !== "",
    "The dataset is encrypted with a key of Google's.",
  ),
};
