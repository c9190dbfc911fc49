import { type PolicyResource } from "../rule";
import { UNKNOWN, type Value } from "../value";

/** Type of a dataset of BigQuery. */
export const DATASET = "gcp:bigquery/dataset:Dataset";

/** Type of a table of BigQuery. */
export const TABLE = "gcp:bigquery/table:Table";

/** Whether something is so, for all that a preview knows. */
export type Likely = "yes" | "maybe" | "no";

/** Whether a table is in a dataset. */
export function isTableOf(table: PolicyResource, dataset: PolicyResource): Likely {
  return bothAlike([
    alike(lastPart(table.inputs.datasetId), lastPart(dataset.inputs.datasetId)),
    // Where one leaves its project out, it is that of the provider, which is the same for both most of the time.
    table.inputs.project && dataset.inputs.project ? alike(table.inputs.project, dataset.inputs.project) : "yes",
  ]);
}

/** Whether two names are the same. */
export function alike(one: Value, other: Value): Likely {
  if (one === UNKNOWN || other === UNKNOWN) return "maybe";
  return one === other ? "yes" : "no";
}

/** Whether all of several things are so. */
export function bothAlike(all: readonly Likely[]): Likely {
  if (all.includes("no")) return "no";
  return all.includes("maybe") ? "maybe" : "yes";
}

/** Whether one of several things is so. */
export function anyLikely(all: readonly Likely[]): Likely {
  if (all.includes("yes")) return "yes";
  return all.includes("maybe") ? "maybe" : "no";
}

/** Ids are given bare or at the end of the whole name. */
export function lastPart(name: Value): Value {
  return typeof name === "string" ? name.split("/").at(-1) : name;
}
