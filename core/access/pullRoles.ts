/** What an account needs on a repository to pull its images. https://cloud.google.com/artifact-registry/docs/access-control */
export const PULL_PERMISSION = "artifactregistry.repositories.downloadArtifacts";

/** Whether something holds; `unknown` where what is at hand does not tell. */
export type Answer = "yes" | "no" | "unknown";

/**
 * Google's own roles with the permission to pull, as of August 2026. The role of GKE's nodes,
 * `roles/container.defaultNodeServiceAccount`, is not one of them. https://cloud.google.com/iam/docs/roles-permissions/artifactregistry
 */
const PULL_ROLES = new Set([
  "roles/aiplatform.agentSandboxServiceAgent",
  "roles/aiplatform.customCodeServiceAgent",
  "roles/aiplatform.serviceAgent",
  "roles/appengine.appAdmin",
  "roles/appengine.deployer",
  "roles/appengine.serviceAgent",
  "roles/appengineflex.serviceAgent",
  "roles/artifactregistry.admin",
  "roles/artifactregistry.containerRegistryMigrationAdmin",
  "roles/artifactregistry.createOnPushRepoAdmin",
  "roles/artifactregistry.createOnPushWriter",
  "roles/artifactregistry.editor",
  "roles/artifactregistry.reader",
  "roles/artifactregistry.repoAdmin",
  "roles/artifactregistry.serviceAgent",
  "roles/artifactregistry.viewer",
  "roles/artifactregistry.writer",
  "roles/assuredoss.admin",
  "roles/assuredoss.projectAdmin",
  "roles/assuredoss.reader",
  "roles/assuredoss.user",
  "roles/binaryauthorization.serviceAgent",
  "roles/cloudbuild.builds.builder",
  "roles/cloudbuild.serviceAgent",
  "roles/cloudfunctions.admin",
  "roles/cloudfunctions.developer",
  "roles/cloudfunctions.editor",
  "roles/cloudfunctions.serviceAgent",
  "roles/compliancescanning.serviceAgent",
  "roles/composer.serviceAgent",
  "roles/composer.worker",
  "roles/configdelivery.serviceAgent",
  "roles/containeranalysis.ServiceAgent",
  "roles/containerscanning.ServiceAgent",
  "roles/editor",
  "roles/firebase.admin",
  "roles/firebase.developAdmin",
  "roles/firebaseapphosting.computeRunner",
  "roles/firebaseapphosting.serviceAgent",
  "roles/gkemulticloud.controlPlaneMachineServiceAgent",
  "roles/gkemulticloud.nodePoolMachineServiceAgent",
  "roles/iam.dataScientist",
  "roles/iam.devOps",
  "roles/iam.securityAuditor",
  "roles/iam.supportUser",
  "roles/ml.serviceAgent",
  "roles/networkactions.serviceAgent",
  "roles/owner",
  "roles/run.builder",
  "roles/run.serviceAgent",
  "roles/run.sourceDeveloper",
  "roles/saasservicemgmt.serviceAgent",
  "roles/securitycenter.admin",
  "roles/securitycenter.adminEditor",
  "roles/securitycenter.adminViewer",
  "roles/viewer",
  "roles/visualinspection.serviceAgent",
]);

/** Whether a role lets its holder pull. What a role of one's own holds cannot be told from its name. */
export function pullsBy(role: string): Answer {
  if (PULL_ROLES.has(role)) return "yes";
  return /^roles\/[A-Za-z0-9_.]+$/.test(role) ? "no" : "unknown";
}

/** Members of whom an account may or may not be one. */
const MAYBE = /^(group:|principalSet:|project(Owner|Editor|Viewer):)/;

/**
 * Whether a member of a policy is an account. A domain's members are people, not service accounts.
 * https://cloud.google.com/iam/docs/principals-overview
 */
export function isMember(member: string, account: string): Answer {
  if (member === "allUsers" || member === "allAuthenticatedUsers") return "yes";
  const [kind, ...rest] = member.split(":");
  if (kind === "serviceAccount") return rest.join(":").toLowerCase() === account.toLowerCase() ? "yes" : "no";
  if (MAYBE.test(member)) return "unknown";
  return /^(user|domain|principal|deleted):/.test(member) ? "no" : "unknown";
}
