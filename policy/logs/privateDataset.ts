import { targetOf } from "../iam/grants";
import { isPublic, memberFindings } from "../iam/members";
import { type Finding, type PolicyResource, type ResourceRule } from "../rule";
import { at, entries, UNKNOWN, type Value } from "../value";
import { DATASET, DATASET_ACCESS } from "./datasets";

/** What grants of these are on holds rows: datasets, tables and views. */
const TARGETS = ["gcp:bigquery/Dataset", "gcp:bigquery/"];

/** Inputs of an entry of a dataset's own list that may name everybody. */
const INPUTS = ["specialGroup", "iamMember"];

/** Datasets are not for everybody. */
export const privateDataset: ResourceRule = {
  id: "logs-private-dataset",
  what: "No dataset or table is given to everybody.",
  why: "Logs of pulls name projects, clusters and what runs in them. In BigQuery allAuthenticatedUsers is everybody with a Google account, and whoever may read may copy.",
  fix: "Name in `member`, `members` or `accesses` the groups and service accounts that read, in place of `allUsers` and `allAuthenticatedUsers`.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloud.google.com/bigquery/docs/control-access-to-resources-iam",
  checkov: ["CKV_GCP_15", "CKV_GCP_100"],
  types: (type) => type === DATASET || type === DATASET_ACCESS || isDatasetGrant(type),
  check: (resource) => {
    if (resource.type === DATASET) return ofList(resource);
    if (resource.type === DATASET_ACCESS) return ofEntry(resource.inputs, "");
    return memberFindings(resource, isPublic, "Everybody on the internet gets this.");
  },
};

/** Whether resources of a type grant roles on datasets or tables. */
export function isDatasetGrant(type: string): boolean {
  return TARGETS.includes(targetOf(type) ?? "");
}

function ofList({ inputs }: PolicyResource): Finding[] {
  if (inputs.accesses === UNKNOWN) return [{ path: "accesses", cannotTell: true }];
  return entries(inputs.accesses).flatMap((entry, place) => ofEntry(entry, `accesses[${place}]`));
}

function ofEntry(entry: Value, place: string): Finding[] {
  if (entry === UNKNOWN) return [{ path: place, cannotTell: true }];
  return INPUTS.flatMap((name): Finding[] => {
    const path = place ? `${place}.${name}` : name;
    const value = at(entry, name);
    if (value === UNKNOWN) return [{ path, cannotTell: true }];
    return isPublic(value) ? [{ path, violation: "Everybody on the internet gets this." }] : [];
  });
}
