import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";
import { DATASET, TABLE } from "./datasets";

const SAYS = "defaultPartitionExpirationMs What is in this dataset is kept for ever";
const YEAR_MS = 31_536_000_000;

const dataset = (inputs: Inputs = {}): CaseResource => ({
  type: DATASET,
  inputs: { datasetId: "pulls", location: "EU", ...inputs },
});

const table = (inputs: Inputs, name = "events"): CaseResource => ({
  type: TABLE,
  name,
  inputs: { datasetId: "pulls", tableId: name, ...inputs },
});

const ENDING = { timePartitioning: { type: "DAY", expirationMs: YEAR_MS } };

export const cases: RuleCases = {
  good: [
    { title: "partitions of a year", resources: [dataset({ defaultPartitionExpirationMs: YEAR_MS })] },
    { title: "tables of a year", resources: [dataset({ defaultTableExpirationMs: YEAR_MS })] },
    {
      title: "a table that says it, and a view",
      resources: [dataset(), table(ENDING), table({ view: { query: "…" } }, "v")],
    },
    {
      title: "a table that gives the whole name of its dataset",
      resources: [dataset({ project: "acme" }), table({ ...ENDING, datasetId: "projects/acme/datasets/pulls" })],
    },
    { title: "a dataset of another system", resources: [dataset({ externalDatasetReference: { connection: "c" } })] },
  ],
  bad: [
    { title: "no end", resources: [dataset({ defaultTableExpirationMs: 0 })], says: [SAYS] },
    {
      title: "one of two tables",
      resources: [dataset(), table(ENDING), table({ timePartitioning: { type: "DAY" } }, "archive")],
      says: [SAYS],
    },
    {
      title: "a table of another dataset",
      resources: [dataset(), table({ ...ENDING, datasetId: "billing" })],
      says: [SAYS],
    },
    {
      title: "a table of another project",
      resources: [dataset({ project: "acme-logs" }), table({ ...ENDING, project: "acme-data" })],
      says: [SAYS],
    },
  ],
  unknown: [
    { title: "the end", resources: [dataset({ defaultPartitionExpirationMs: UNKNOWN })] },
    { title: "the table's end", resources: [dataset(), table({ timePartitioning: UNKNOWN })] },
    { title: "whose table it is", resources: [dataset(), table({ ...ENDING, datasetId: UNKNOWN })] },
    { title: "the dataset's id", resources: [dataset({ datasetId: UNKNOWN }), table(ENDING)] },
  ],
  secret: [{ title: "a secret description", resources: [dataset({ description: secretValue("hunter2") })] }],
  absent: [
    { title: "nothing is said", resources: [dataset()], says: [SAYS] },
    { title: "no dataset", resources: [table({})] },
  ],
};
