import { type Finding, type PolicyResource, type ResourceRule } from "../rule";
import { at, UNKNOWN, type Value } from "../value";
import { isGrantType } from "./grants";
import { memberFindings } from "./members";

/** Types whose instances run as a service account. */
const RUN_AS = [
  "gcp:compute/instance:Instance",
  "gcp:compute/instanceFromTemplate:InstanceFromTemplate",
  "gcp:compute/instanceTemplate:InstanceTemplate",
  "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate",
];

const DEFAULT_ACCOUNT = /^(\d+-compute@developer|[a-z0-9.:-]+@appspot)\.gserviceaccount\.com$/;

/** Nothing runs as, and nothing is granted to, the service accounts that Google makes by itself. */
export const defaultServiceAccounts: ResourceRule = {
  id: "iam-default-service-accounts",
  what: "Nothing runs as a default service account of Compute Engine or App Engine, and none is granted a role.",
  why: "Every instance of a project that names no other account runs as the same default one, by default with Editor on the whole project. A role that is granted to it is granted to all of them, whoever created them.",
  fix: "Create a service account for the workload with the roles that it needs, and name that in `serviceAccount.email` or `member`.",
  severity: "high",
  level: "mandatory",
  link: "https://cloud.google.com/compute/docs/access/service-accounts#default_service_account",
  checkov: ["CKV_GCP_30", "CKV_GCP_31", "CKV_GCP_46", "CKV_GCP_47", "CKV_GCP_48"],
  types: (type) => RUN_AS.includes(type) || isGrantType(type),
  check: (resource) =>
    RUN_AS.includes(resource.type)
      ? runAsFindings(resource)
      : memberFindings(resource, isDefaultMember, "A default service account is granted this role."),
};

/** An instance without the block has no account at all; with a block that names none it has the default one. */
function runAsFindings({ inputs }: PolicyResource): Finding[] {
  const { serviceAccount } = inputs;
  if (serviceAccount === undefined || serviceAccount === null) return [];
  const path = "serviceAccount.email";
  const email = at(inputs, path);
  if (email === UNKNOWN) return [{ path, cannotTell: true }];
  const isDefault = email === undefined || email === null || email === "" || isDefaultAccount(email);
  return isDefault ? [{ path, violation: "The instances run as the default service account." }] : [];
}

function isDefaultMember(member: Value): boolean {
  return typeof member === "string" && /^serviceAccount:/i.test(member) && isDefaultAccount(member.slice(15));
}

function isDefaultAccount(email: Value): boolean {
  return email === "default" || (typeof email === "string" && DEFAULT_ACCOUNT.test(email));
}
