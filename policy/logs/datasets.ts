import { alike, bothAlike, type Likely } from "../likely";
import { type PolicyResource } from "../rule";
import { type Value } from "../value";

/** Type of a dataset of BigQuery. */
export const DATASET = "gcp:bigquery/dataset:Dataset";

/** Type of an entry of a dataset's own list of those who have access. */
export const DATASET_ACCESS = "gcp:bigquery/datasetAccess:DatasetAccess";

/** Type of a table of BigQuery. */
export const TABLE = "gcp:bigquery/table:Table";

/** Whether a table is in a dataset. */
export function isTableOf(table: PolicyResource, dataset: PolicyResource): Likely {
  return bothAlike([
    alike(lastPart(table.inputs.datasetId), lastPart(dataset.inputs.datasetId)),
    // Where one leaves its project out, it is that of the provider, which is the same for both most of the time.
    table.inputs.project && dataset.inputs.project ? alike(table.inputs.project, dataset.inputs.project) : "yes",
  ]);
}

/** Ids are given bare or at the end of the whole name. */
export function lastPart(name: Value): Value {
  return typeof name === "string" ? name.split("/").at(-1) : name;
}
