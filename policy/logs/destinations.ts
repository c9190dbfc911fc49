import { targetOf } from "../iam/grants";
import { alike, bothAlike, type Likely } from "../likely";
import { type PolicyResource } from "../rule";
import { type Value } from "../value";
import { DATASET, DATASET_ACCESS, lastPart } from "./datasets";

/** What a sink writes to. */
export interface Destination {
  service: Service;
  /** Undefined for buckets, whose address names none. */
  project: string | undefined;
  /** Id of the dataset, bucket or topic; undefined where it is a project or a log bucket. */
  id: string | undefined;
}

/** The service that takes the logs in. */
export type Service = "bigquery" | "logging" | "pubsub" | "storage";

/** https://cloud.google.com/logging/docs/export/configure_export_v2 */
const ADDRESSES: readonly [Service, RegExp][] = [
  ["bigquery", /^bigquery\.googleapis\.com\/projects\/(?<project>[^/]+)\/datasets\/(?<id>[^/]+)$/],
  ["logging", /^logging\.googleapis\.com\/projects\/(?<project>[^/]+)(\/locations\/[^/]+\/buckets\/[^/]+)?$/],
  ["pubsub", /^pubsub\.googleapis\.com\/projects\/(?<project>[^/]+)\/topics\/(?<id>[^/]+)$/],
  ["storage", /^storage\.googleapis\.com\/(?<id>[^/]+)$/],
];

/** Takes the address of a destination apart; undefined where it is none that Cloud Logging documents. */
export function destinationOf(address: string): Destination | undefined {
  for (const [service, pattern] of ADDRESSES) {
    const groups = pattern.exec(address)?.groups;
    if (groups) return { service, project: groups.project, id: groups.id };
  }
  return undefined;
}

/** What says on which dataset, topic or bucket a resource grants, by what its grants are on. */
const IDS: Readonly<Record<string, { service: Service; input: string }>> = {
  "gcp:bigquery/Dataset": { service: "bigquery", input: "datasetId" },
  "gcp:pubsub/Topic": { service: "pubsub", input: "topic" },
  "gcp:storage/Bucket": { service: "storage", input: "bucket" },
};

/** Grants on these hold for all that is below them; what that is, a program does not say. */
const ABOVE = ["gcp:folder/", "gcp:organizations/"];

/** Entries of a dataset's own list, in the dataset or beside it. */
const LISTS = [DATASET, DATASET_ACCESS];

/** Whether what a resource grants holds for a destination. */
export function isOn({ type, inputs }: PolicyResource, { service, project, id }: Destination): Likely {
  const target = LISTS.includes(type) ? "gcp:bigquery/Dataset" : (targetOf(type) ?? "");
  if (ABOVE.includes(target)) return "yes";
  const sameProject = alikeIfGiven(lastPart(inputs.project), project);
  if (target === "gcp:projects/") return sameProject;
  if (!Object.hasOwn(IDS, target) || IDS[target].service !== service) return "no";
  return bothAlike([alike(lastPart(inputs[IDS[target].input]), id), sameProject]);
}

/** What is left out is the provider's project, or that of a bucket: the same most of the time. Numbers stand for ids. */
function alikeIfGiven(one: Value, other: string | undefined): Likely {
  const given = one !== undefined && one !== null && other !== undefined;
  return given && !/^[0-9]+$/.test(other) ? alike(one, other) : "yes";
}
