import { alike, anyLikely, bothAlike, type Likely } from "../likely";
import { type Finding, type PolicyResource, type StackRule } from "../rule";
import { UNKNOWN } from "../value";
import { type AuditConfig, auditConfigsOf } from "./auditConfigs";
import { lastPart } from "./datasets";

const REPOSITORY = "gcp:artifactregistry/repository:Repository";
const SERVICES = ["artifactregistry.googleapis.com", "allServices"];

/** Reads are pulls, writes are pushes. */
const LOG_TYPES = ["DATA_READ", "DATA_WRITE"];

/** Pulls and pushes are logged. */
export const registryAudit: StackRule = {
  id: "logs-registry-audit",
  what: "Projects with repositories log who pulls and who pushes.",
  why: "Without audit logs of data access nobody can say which image was pulled by whom, nor who pushed what runs now. They are off unless they are asked for, and what Cloud Logging stores beyond its free amount is billed.",
  fix: "Declare a `gcp.projects.IAMAuditConfig` for `artifactregistry.googleapis.com` with the log types `DATA_READ` and `DATA_WRITE`, in this stack or, with an exception here, in the one that declares the project.",
  severity: "low",
  level: "advisory",
  link: "https://cloud.google.com/artifact-registry/docs/audit-logging",
  checkov: ["CKV2_GCP_5"],
  checkStack: (resources) => {
    const configs = auditConfigsOf(resources);
    return oneOfEachProject(resources).flatMap((repository): Finding[] => {
      const { urn, inputs } = repository;
      const answers = LOG_TYPES.map((logType) => isLogged(logType, inputs.project, configs));
      const answer = bothAlike(answers);
      if (answer === "maybe") return [{ path: "project", cannotTell: true, urn }];
      return answer === "yes"
        ? []
        : [{ violation: "Pulls or pushes in the project of this repository are not logged.", urn }];
    });
  },
};

/** The first repository of each project that has some; all whose project is not known count as one. */
function oneOfEachProject(resources: readonly PolicyResource[]): PolicyResource[] {
  const first = new Map<unknown, PolicyResource>();
  for (const resource of resources) {
    const project = resource.inputs.project ?? undefined;
    if (resource.type === REPOSITORY && !first.has(project)) first.set(project, resource);
  }
  return [...first.values()];
}

/** A repository without a project is in the provider's, which may be any. */
function isLogged(logType: string, project: PolicyResource["inputs"][string], configs: readonly AuditConfig[]): Likely {
  return anyLikely(
    configs.map((config) =>
      bothAlike([
        config.project === undefined ? "yes" : alike(lastPart(config.project), lastPart(project ?? UNKNOWN)),
        oneOf(SERVICES, config.service),
        config.logTypes.includes(logType) ? "yes" : config.logTypes.includes(UNKNOWN) ? "maybe" : "no",
      ]),
    ),
  );
}

function oneOf(allowed: readonly string[], value: AuditConfig["service"]): Likely {
  if (value === UNKNOWN) return "maybe";
  return allowed.some((one) => one === value) ? "yes" : "no";
}
