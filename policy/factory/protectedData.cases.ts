import { type RuleCases, secretValue } from "../rule";
import { UNKNOWN } from "../value";

const SAYS = "Nothing keeps this resource from being deleted";
const DATASET = "gcp:bigquery/dataset:Dataset";
const TABLE = "gcp:bigquery/table:Table";
const BUCKET = "gcp:storage/bucket:Bucket";
const REPOSITORY = "gcp:artifactregistry/repository:Repository";
const PROJECT = "gcp:organizations/project:Project";
const SECRET = "gcp:secretmanager/secret:Secret";
const KEY = "gcp:kms/cryptoKey:CryptoKey";

export const cases: RuleCases = {
  good: [
    { title: "the option", resources: [{ type: DATASET, inputs: { datasetId: "pulls" }, protect: true }] },
    { title: "a deletion that is refused", resources: [{ type: KEY, inputs: { deletionPolicy: "PREVENT" } }] },
    { title: "a deletion that leaves it", resources: [{ type: BUCKET, inputs: { deletionPolicy: "ABANDON" } }] },
    { title: "a locked retention", resources: [{ type: BUCKET, inputs: { retentionPolicy: { isLocked: true } } }] },
    {
      title: "a secret with a protection of its own",
      resources: [{ type: SECRET, inputs: { deletionProtection: true } }],
    },
    { title: "a cache", resources: [{ type: REPOSITORY, inputs: { mode: "REMOTE_REPOSITORY" } }] },
    { title: "a virtual repository", resources: [{ type: REPOSITORY, inputs: { mode: "VIRTUAL_REPOSITORY" } }] },
    { title: "a view", resources: [{ type: TABLE, inputs: { view: { query: "…" }, deletionProtection: false } }] },
    {
      title: "the option, whatever else is not known",
      resources: [{ type: DATASET, inputs: { deletionPolicy: UNKNOWN }, protect: true }],
    },
  ],
  bad: [
    {
      title: "a deletion that is allowed",
      resources: [{ type: DATASET, inputs: { deletionPolicy: "DELETE" } }],
      says: [SAYS],
    },
    {
      title: "a table that is released",
      resources: [{ type: TABLE, inputs: { deletionProtection: false } }],
      says: [SAYS],
    },
    {
      title: "a project that is released",
      resources: [{ type: PROJECT, inputs: { deletionPolicy: "DELETE" } }],
      says: [SAYS],
    },
    {
      title: "a retention that is not locked",
      resources: [{ type: BUCKET, inputs: { retentionPolicy: { isLocked: false } } }],
      says: [SAYS],
    },
  ],
  unknown: [
    { title: "what happens at a deletion", resources: [{ type: DATASET, inputs: { deletionPolicy: UNKNOWN } }] },
    { title: "the protection of a table", resources: [{ type: TABLE, inputs: { deletionProtection: UNKNOWN } }] },
    {
      title: "whether a table is a view",
      resources: [{ type: TABLE, inputs: { view: UNKNOWN, deletionProtection: false } }],
    },
    { title: "the mode of a repository", resources: [{ type: REPOSITORY, inputs: { mode: UNKNOWN } }] },
  ],
  secret: [{ title: "a secret name", resources: [{ type: BUCKET, inputs: { name: secretValue("hunter2") } }] }],
  absent: [
    ...[DATASET, BUCKET, REPOSITORY, SECRET, KEY].map((type) => ({
      title: `nothing is said of ${type}`,
      resources: [{ type, inputs: {} }],
      says: [SAYS],
    })),
    { title: "a table, which the provider protects", resources: [{ type: TABLE, inputs: {} }] },
    { title: "a project, which the provider protects", resources: [{ type: PROJECT, inputs: {} }] },
  ],
};
