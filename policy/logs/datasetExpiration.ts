import { type Likely } from "../likely";
import { type Finding, type PolicyResource, type StackRule } from "../rule";
import { at, UNKNOWN, type Value } from "../value";
import { DATASET, isTableOf, lastPart, TABLE } from "./datasets";

/** Inputs by which a dataset gives its tables or their partitions an end. */
const OF_DATASET = ["defaultTableExpirationMs", "defaultPartitionExpirationMs"];
/** Inputs by which a table has an end of its own, or holds nothing. */
const OF_TABLE = ["expirationTime", "timePartitioning.expirationMs", "view", "externalDataConfiguration"];

/** What is in a dataset does not stay for ever. */
export const datasetExpiration: StackRule = {
  id: "logs-dataset-expiration",
  what: "Datasets say how long their tables or partitions are kept, or their tables say so.",
  why: "A sink writes every day, and BigQuery keeps every day for ever unless it is told otherwise: the bill grows each month, and logs name people whose data may not be kept without a reason.",
  fix: "Set `defaultPartitionExpirationMs` or `defaultTableExpirationMs` of the dataset, or `timePartitioning.expirationMs` of its tables.",
  severity: "low",
  level: "advisory",
  link: "https://cloud.google.com/bigquery/docs/updating-datasets#table-expiration",
  checkStack: (resources) => {
    const tables = byDataset(resources.filter(({ type }) => type === TABLE));
    return resources
      .filter(({ type, inputs }) => type === DATASET && (inputs.externalDatasetReference ?? undefined) === undefined)
      .flatMap((dataset) => judged(dataset, tablesThatMayBe(dataset, tables)));
  },
};

/** Tables by the id of their dataset: a stack may have thousands of both. */
type Tables = ReadonlyMap<Value, readonly PolicyResource[]>;

function byDataset(tables: readonly PolicyResource[]): Tables {
  const grouped = new Map<Value, PolicyResource[]>();
  for (const table of tables) {
    const id = lastPart(table.inputs.datasetId);
    const before = grouped.get(id);
    if (before) before.push(table);
    else grouped.set(id, [table]);
  }
  return grouped;
}

function tablesThatMayBe({ inputs }: PolicyResource, tables: Tables): readonly PolicyResource[] {
  const id = lastPart(inputs.datasetId);
  return id === UNKNOWN ? [...tables.values()].flat() : [...(tables.get(id) ?? []), ...(tables.get(UNKNOWN) ?? [])];
}

function judged(dataset: PolicyResource, tables: readonly PolicyResource[]): Finding[] {
  const answer = ends(dataset, OF_DATASET) === "no" ? tablesEnd(dataset, tables) : ends(dataset, OF_DATASET);
  const { urn } = dataset;
  const path = OF_DATASET[1];
  if (answer === "yes") return [];
  if (answer === "maybe") return [{ path, cannotTell: true, urn }];
  return [{ path, violation: "What is in this dataset is kept for ever.", urn }];
}

/** Whether all tables of a dataset have an end. Those that a sink adds by itself are not seen; with no table there is no end. */
function tablesEnd(dataset: PolicyResource, tables: readonly PolicyResource[]): Likely {
  const own = tables
    .map((table) => ({ table, isOwn: isTableOf(table, dataset) }))
    .filter(({ isOwn }) => isOwn !== "no");
  if (own.some(({ table, isOwn }) => isOwn === "yes" && ends(table, OF_TABLE) === "no")) return "no";
  if (own.some(({ table, isOwn }) => isOwn === "maybe" || ends(table, OF_TABLE) === "maybe")) return "maybe";
  return own.length > 0 ? "yes" : "no";
}

function ends({ inputs }: PolicyResource, paths: readonly string[]): Likely {
  const values = paths.map((path) => at(inputs, path));
  if (values.some(isGiven)) return "yes";
  return values.includes(UNKNOWN) ? "maybe" : "no";
}

/** BigQuery takes 0 as never. */
function isGiven(value: Value): boolean {
  return value !== UNKNOWN && value !== undefined && value !== null && value !== 0;
}
