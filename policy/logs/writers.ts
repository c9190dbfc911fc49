import { grantsOf } from "../iam/grants";
import { type Likely } from "../likely";
import { type PolicyResource } from "../rule";
import { at, entries, type Inputs, UNKNOWN, type Value } from "../value";
import { DATASET, DATASET_ACCESS } from "./datasets";
import { type Service } from "./destinations";

/** Roles with which the writer of a sink may write. */
const ROLES: Readonly<Record<Service, readonly string[]>> = {
  bigquery: ["roles/bigquery.admin", "roles/bigquery.dataEditor", "roles/bigquery.dataOwner", "OWNER", "WRITER"],
  logging: ["roles/logging.admin", "roles/logging.bucketWriter", "roles/logging.logWriter"],
  pubsub: ["roles/pubsub.admin", "roles/pubsub.editor", "roles/pubsub.publisher"],
  storage: [
    "roles/storage.admin",
    "roles/storage.legacyBucketOwner",
    "roles/storage.legacyBucketWriter",
    "roles/storage.objectAdmin",
    "roles/storage.objectCreator",
    "roles/storage.objectUser",
  ],
};
const BASIC = ["roles/editor", "roles/owner"];

/** A role, and one who has it. */
export interface Granted {
  role: Value;
  member: Value;
}

/** Everybody to whom a resource grants something, by IAM or by a dataset's own list. */
export function grantedBy(resource: PolicyResource): Granted[] {
  if (resource.type === DATASET) return entries(resource.inputs.accesses).map(ofEntry);
  if (resource.type === DATASET_ACCESS) return [ofEntry(resource.inputs)];
  const granted = grantsOf(resource)?.grants;
  if (granted === UNKNOWN) return [{ role: UNKNOWN, member: UNKNOWN }];
  return (granted ?? []).flatMap(({ role, members }) => members.map(({ member }) => ({ role, member })));
}

function ofEntry(entry: Value | Inputs): Granted {
  const email = at(entry, "userByEmail");
  const member = typeof email === "string" ? `serviceAccount:${email}` : (email ?? at(entry, "iamMember"));
  return { role: at(entry, "role"), member };
}

/** Whether a role lets its holder write. What a role of the user's own holds is not seen. */
export function lets(role: Value, service: Service): Likely {
  if (typeof role !== "string") return role === UNKNOWN ? "maybe" : "no";
  if (ROLES[service].includes(role) || BASIC.includes(role)) return "yes";
  return /^(projects|organizations)\//.test(role) ? "maybe" : "no";
}

/** Accounts that Cloud Logging makes for sinks. */
const OF_LOGGING =
  /^serviceAccount:([^@]+@gcp-sa-logging\.iam|cloud-logs@system|[^@]+@logging-[0-9]+\.iam)\.gserviceaccount\.com$/;

/** Whether a member is a sink's writer, which a preview mostly does not know. */
export function isWriter(member: Value, writer: Value): Likely {
  if (member === UNKNOWN) return "maybe";
  if (typeof writer === "string") return member === writer ? "yes" : "no";
  return typeof member === "string" && OF_LOGGING.test(member) ? "maybe" : "no";
}
