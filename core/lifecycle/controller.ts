import { accountPrefix } from "../iam/accounts";
import { type Rule } from "../rules";
import { WRITTEN_PREFIX } from "./permissions";
import { RunOutcome } from "./report";

/** What the controller's function is called where nothing else is said. */
export const DEFAULT_FUNCTION_NAME = "kiln-lifecycle";

/** A rule for the function's name. */
export const functionName: Rule<string> = accountPrefix;

/** Id of one of the controller's roles, which hold no hyphens. https://cloud.google.com/iam/docs/creating-custom-roles */
export function roleId(name: string, purpose: string): string {
  return `${name}_${purpose}`.replaceAll("-", "_");
}

/** Address of the function, known before it is made. https://cloud.google.com/run/docs/triggering/https-request#deterministic */
export function functionUrl(name: string, projectNumber: string, region: string): string {
  return `https://${name}-${projectNumber}.${region}.run.app`;
}

/** Where the source of the function lies: another source is another object, and the old one stays while it is used. */
export function sourceObjectName(hash: string): string {
  return `agent/${hash.slice(0, 16)}.zip`;
}

/** Audit log entries of images that are there now, of every version of the API. https://cloud.google.com/compute/docs/logging/audit-logging */
export function imageInsertions(project: string): string {
  return [
    `logName="projects/${project}/logs/cloudaudit.googleapis.com%2Factivity"`,
    'protoPayload.serviceName="compute.googleapis.com"',
    'protoPayload.methodName=~"compute[.]images[.]insert$"',
    "operation.last=true",
    "severity<ERROR",
  ].join(" AND ");
}

/** Log entries of the function about one kind of event. */
export function events(name: string, event: string): string {
  return [
    'resource.type="cloud_run_revision"',
    `resource.labels.service_name="${name}"`,
    `jsonPayload.kiln.event="${event}"`,
  ].join(" AND ");
}

/** Log entries of runs that did all that was due; not of those that ran out of time or left the work to another. */
export function successes(name: string): string {
  return `${events(name, "summary")} AND jsonPayload.kiln.outcome="${RunOutcome.Succeeded}"`;
}

/** Log entries of runs that did not, those that the function could not tell of among them. */
export function failures(name: string): string {
  const job = `resource.type="cloud_scheduler_job" AND resource.labels.job_id="${name}"`;
  return `severity>=ERROR AND ((${events(name, "summary")}) OR (${job}))`;
}

/** Condition for the part of the bucket that the agent writes. https://cloud.google.com/iam/docs/conditions-resource-attributes */
export function writtenObjects(bucket: string): string {
  return `resource.name.startsWith("projects/_/buckets/${bucket}/objects/${WRITTEN_PREFIX}")`;
}

/** Condition for the buckets that Cloud Functions builds from. https://cloud.google.com/functions/docs/building */
export const BUILD_SOURCES = 'resource.name.startsWith("projects/_/buckets/gcf-v2-sources-")';

/** Condition for the repository that Cloud Functions keeps its images in. */
export function buildRepository(project: string, region: string): string {
  return `resource.name.startsWith("projects/${project}/locations/${region}/repositories/gcf-artifacts")`;
}

/** Part of an organization that Cloud Asset Inventory is asked about. */
export interface AssetScope {
  /** Id of the folder. */
  folderId?: unknown;
  /** Id of the organization. */
  organizationId?: unknown;
}

/** A rule that it is one part. */
export const oneAssetScope: Rule<AssetScope> = ({ folderId, organizationId }) => {
  if (folderId !== undefined && organizationId !== undefined)
    return "must have folderId or organizationId, got both; keep the one that holds all projects with your images";
  if (folderId === undefined && organizationId === undefined)
    return "must have folderId or organizationId, got neither; leave assetScope out to ask each of consumerProjects";
  return undefined;
};
