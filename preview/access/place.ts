import { compareText, type GraphResource } from "../graph";
import { textAt } from "./text";

/** What resources without a name of their own in their type are granted on, by module. */
const MODULES = new Map(
  Object.entries({
    bigquery: "table",
    cloudrun: "service",
    organizations: "organization",
    projects: "project",
    serviceaccount: "service account",
  }),
);

/** Inputs that say where something is, from the widest. */
const PLACES = ["orgId", "folder", "billingAccountId", "project", "location", "region", "zone"];

/** Inputs that say what is granted, not on what. */
const GRANTED = new Set(["role", "member", "members", "condition", "policyData"]);

/** Inputs that name a BigQuery dataset, whose other inputs say what it is like. */
const DATASET = ["project", "datasetId"];

/** What a role is granted on: its kind and the inputs that name it, such as `repository acme/europe-west1/apps`. */
export function placeOf(resource: GraphResource): string {
  const isDataset = /^gcp:bigquery\/dataset(Access)?:/.test(resource.type);
  const given = Object.keys(resource.inputs)
    .filter((key) => (isDataset ? DATASET.includes(key) : !GRANTED.has(key)))
    .sort((a, b) => rank(a) - rank(b) || compareText(a, b));
  const names = given.map((key) => textAt(resource, key)).filter((text) => text !== "");
  return `${isDataset ? "dataset" : kindOf(resource.type)} ${names.join("/")}`.trimEnd();
}

function rank(input: string): number {
  const place = PLACES.indexOf(input);
  return place < 0 ? PLACES.length : place;
}

/** `gcp:artifactregistry/repositoryIamMember:RepositoryIamMember` as `repository`. */
function kindOf(type: string): string {
  const [, module = "", name = ""] = /^gcp:([^/]*)\/.*:(.*?)I(?:AM|am)(?:Member|Binding|Policy)$/.exec(type) ?? [];
  if (name === "") return MODULES.get(module) ?? module;
  return name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
}
