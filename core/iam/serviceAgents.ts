/** How Google names the service agent of an API and whether it must be asked to create it. */
interface ServiceAgent {
  /** What stands between `service-N@` and `.iam.gserviceaccount.com`. */
  domain: string;
  /** Whether Service Usage's generateServiceIdentity creates it; others appear with the API. */
  onDemand: boolean;
}

/** https://cloud.google.com/iam/docs/service-agents */
const SERVICE_AGENTS: Record<string, ServiceAgent> = {
  "artifactregistry.googleapis.com": { domain: "gcp-sa-artifactregistry", onDemand: true },
  "cloudbuild.googleapis.com": { domain: "gcp-sa-cloudbuild", onDemand: true },
  "cloudfunctions.googleapis.com": { domain: "gcf-admin-robot", onDemand: true },
  "cloudscheduler.googleapis.com": { domain: "gcp-sa-cloudscheduler", onDemand: true },
  "compute.googleapis.com": { domain: "compute-system", onDemand: false },
  "container.googleapis.com": { domain: "container-engine-robot", onDemand: true },
  "containeranalysis.googleapis.com": { domain: "container-analysis", onDemand: true },
  "eventarc.googleapis.com": { domain: "gcp-sa-eventarc", onDemand: true },
  "pubsub.googleapis.com": { domain: "gcp-sa-pubsub", onDemand: true },
  "run.googleapis.com": { domain: "serverless-robot-prod", onDemand: true },
  "secretmanager.googleapis.com": { domain: "gcp-sa-secretmanager", onDemand: true },
  "workflows.googleapis.com": { domain: "gcp-sa-workflows", onDemand: true },
};

/** Those of the APIs that have a service agent in their project. */
export function apisWithServiceAgent(apis: readonly string[]): string[] {
  return apis.filter((api) => api in SERVICE_AGENTS);
}

/** Whether the service agent of an API has to be created before it can be granted anything. */
export function isCreatedOnDemand(api: string): boolean {
  return SERVICE_AGENTS[api]?.onDemand ?? false;
}

/**
 * E-mail of an API's service agent in a project.
 *
 * @throws RangeError for an API without one.
 */
export function serviceAgentEmail(api: string, projectNumber: string): string {
  const agent = SERVICE_AGENTS[api];
  if (!agent) throw new RangeError(`${api} has no service agent that Kiln knows`);
  return `service-${projectNumber}@${agent.domain}.iam.gserviceaccount.com`;
}

/** Account that creates the instances of managed instance groups. https://cloud.google.com/compute/docs/access/service-accounts#google_apis_service_agent */
export function googleApisServiceAgent(projectNumber: string): string {
  return `${projectNumber}@cloudservices.gserviceaccount.com`;
}
