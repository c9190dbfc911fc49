import { type PolicyResource } from "../rule";
import { at, entries, type Inputs, UNKNOWN, type Value } from "../value";

const OF_PROJECT = "gcp:projects/iAMAuditConfig:IAMAuditConfig";
const OF_PARENT = ["gcp:folder/iamAuditConfig:IamAuditConfig", "gcp:organizations/iamAuditConfig:IamAuditConfig"];
const POLICIES = [
  "gcp:folder/iAMPolicy:IAMPolicy",
  "gcp:organizations/iAMPolicy:IAMPolicy",
  "gcp:projects/iAMPolicy:IAMPolicy",
];

/** What is logged of the calls of a service. */
export interface AuditConfig {
  /** Project; unknown where a preview does not know, undefined where it is that of all projects below a folder. */
  project: Value;
  /** API, or `allServices`. */
  service: Value;
  /** Such as `DATA_READ`. */
  logTypes: readonly Value[];
}

/** All audit configurations of a stack. */
export function auditConfigsOf(resources: readonly PolicyResource[]): AuditConfig[] {
  return resources.flatMap(({ type, inputs }) => {
    if (POLICIES.includes(type)) return ofPolicy(inputs);
    if (type !== OF_PROJECT && !OF_PARENT.includes(type)) return [];
    const logTypes = entries(inputs.auditLogConfigs).map((config) => at(config, "logType"));
    return [{ project: type === OF_PROJECT ? inputs.project : undefined, service: inputs.service, logTypes }];
  });
}

/** The policy of a whole project, folder or organization is JSON in a text, and may hold audit configurations beside its grants. */
function ofPolicy({ project, policyData }: Inputs): AuditConfig[] {
  if (policyData === UNKNOWN) return [{ project, service: UNKNOWN, logTypes: [UNKNOWN] }];
  return entries(at(parsed(policyData), "auditConfigs")).map((config) => ({
    project,
    service: at(config, "service"),
    logTypes: entries(at(config, "auditLogConfigs")).map((log) => at(log, "logType")),
  }));
}

function parsed(text: Value): Value {
  try {
    return typeof text === "string" ? (JSON.parse(text) as Value) : undefined;
  } catch {
    return undefined;
  }
}
