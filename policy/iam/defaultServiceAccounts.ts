import { type Finding, type PolicyResource, type ResourceRule } from "../rule";
import { at, entries, UNKNOWN, type Value } from "../value";
import { isGrantType } from "./grants";
import { memberFindings } from "./members";

/** Types whose instances run as a service account. */
const RUN_AS = [
  "gcp:compute/instance:Instance",
  "gcp:compute/instanceFromMachineImage:InstanceFromMachineImage",
  "gcp:compute/instanceFromTemplate:InstanceFromTemplate",
  "gcp:compute/instanceTemplate:InstanceTemplate",
  "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate",
];

/** Types whose nodes run as a service account. */
const CLUSTER = "gcp:container/cluster:Cluster";
const NODE_POOL = "gcp:container/nodePool:NodePool";

const DEFAULT_ACCOUNT =
  /^(?:projects\/[^/]+\/serviceAccounts\/)?(\d+-compute@developer|[a-z0-9.:-]+@appspot)\.gserviceaccount\.com$/;

/** Nothing runs as, and nothing is granted to, the service accounts that Google makes by itself. */
export const defaultServiceAccounts: ResourceRule = {
  id: "iam-default-service-accounts",
  what: "Nothing runs as a default service account of Compute Engine or App Engine, and none is granted a role.",
  why: "Every instance and every node of a project that names no other account runs as the same default one, by default with Editor on the whole project. A role that is granted to it is granted to all of them, whoever created them.",
  fix: "Create a service account for the workload with the roles that it needs, and name that in `serviceAccount.email`, `nodeConfig.serviceAccount` or `member`.",
  severity: "high",
  level: "mandatory",
  link: "https://cloud.google.com/compute/docs/access/service-accounts#default_service_account",
  checkov: ["CKV_GCP_30", "CKV_GCP_31", "CKV_GCP_46", "CKV_GCP_47", "CKV_GCP_48"],
  types: (type) => [...RUN_AS, CLUSTER, NODE_POOL].includes(type) || isGrantType(type),
  check: (resource) => {
    if (RUN_AS.includes(resource.type)) return runAsFindings(resource);
    if (resource.type === CLUSTER) return clusterFindings(resource);
    if (resource.type === NODE_POOL) return nodeFindings(resource.inputs);
    return memberFindings(resource, isDefaultMember, "A default service account is granted this role.");
  },
};

/** An instance without the block has no account at all; with a block that names none it has the default one. */
function runAsFindings({ inputs }: PolicyResource): Finding[] {
  const { serviceAccount } = inputs;
  if (serviceAccount === undefined || serviceAccount === null) return [];
  const path = "serviceAccount.email";
  return accountFindings(at(inputs, path), path, "The instances run as the default service account.");
}

/** The nodes of an Autopilot cluster are Google's; those of a pool that is removed at once are none. */
function clusterFindings({ inputs }: PolicyResource): Finding[] {
  const decides = ["enableAutopilot", "removeDefaultNodePool"];
  if (decides.some((path) => inputs[path] === true)) return [];
  const pools = entries(inputs.nodePools);
  const findings =
    pools.length === 0
      ? nodeFindings(inputs)
      : pools.flatMap((pool, place) => nodeFindings(pool, `nodePools[${place}].`));
  const unknown = decides.find((path) => inputs[path] === UNKNOWN);
  return findings.length === 0 || unknown === undefined ? findings : [{ path: unknown, cannotTell: true }];
}

/** Nodes that name no account run as the default one, unlike instances. */
function nodeFindings(pool: Value, place = ""): Finding[] {
  const path = "nodeConfig.serviceAccount";
  return accountFindings(at(pool, path), place + path, "The nodes run as the default service account.");
}

function accountFindings(email: Value, path: string, violation: string): Finding[] {
  if (email === UNKNOWN) return [{ path, cannotTell: true }];
  const isDefault = email === undefined || email === null || email === "" || isDefaultAccount(email);
  return isDefault ? [{ path, violation }] : [];
}

function isDefaultMember(member: Value): boolean {
  return typeof member === "string" && /^serviceAccount:/i.test(member) && isDefaultAccount(member.slice(15));
}

function isDefaultAccount(email: Value): boolean {
  return email === "default" || (typeof email === "string" && DEFAULT_ACCOUNT.test(email));
}
