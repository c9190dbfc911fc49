/** What the deployer of one type of resource needs. */
export interface Requirement {
  /** API that must be on in the project that holds the resource. */
  api: string;
  /** Predefined role, the narrowest that covers creating, changing and deleting. */
  role: string;
  /** What its provider needs of another service besides. */
  also?: Requirement;
}

/** What a deployer needs, in alphabetical order. */
export interface Requirements {
  /** APIs that must be on. */
  apis: string[];
  /** Predefined roles of the deployer. */
  roles: string[];
  /** Types of Google Cloud that Kiln's table lacks. */
  unknownTypes: string[];
}

const ARTIFACT_REGISTRY = { api: "artifactregistry.googleapis.com", role: "roles/artifactregistry.admin" };
const BIGQUERY = { api: "bigquery.googleapis.com", role: "roles/bigquery.dataOwner" };
const IMAGES = { api: "compute.googleapis.com", role: "roles/compute.storageAdmin" };
const INSTANCES = { api: "compute.googleapis.com", role: "roles/compute.instanceAdmin.v1" };
const FOLDER_IAM = { api: "cloudresourcemanager.googleapis.com", role: "roles/resourcemanager.folderIamAdmin" };
const KMS = { api: "cloudkms.googleapis.com", role: "roles/cloudkms.admin" };
const ORGANIZATION_IAM = {
  api: "cloudresourcemanager.googleapis.com",
  role: "roles/resourcemanager.organizationAdmin",
};
const PROJECT_IAM = { api: "cloudresourcemanager.googleapis.com", role: "roles/resourcemanager.projectIamAdmin" };
const PUBSUB = { api: "pubsub.googleapis.com", role: "roles/pubsub.admin" };
const SECRETS = { api: "secretmanager.googleapis.com", role: "roles/secretmanager.admin" };
const SERVICE_ACCOUNTS = { api: "iam.googleapis.com", role: "roles/iam.serviceAccountAdmin" };
const SERVICES = { api: "serviceusage.googleapis.com", role: "roles/serviceusage.serviceUsageAdmin" };
const SINKS = { api: "logging.googleapis.com", role: "roles/logging.configWriter" };
/** To run or to build as a service account. */
const ACT_AS = { api: "iam.googleapis.com", role: "roles/iam.serviceAccountUser" };
const STORAGE = { api: "storage.googleapis.com", role: "roles/storage.admin" };

/** By type token of resources and look-ups. https://cloud.google.com/iam/docs/roles-permissions */
const REQUIREMENTS: Record<string, Requirement | undefined> = {
  "gcp:artifactregistry/repository:Repository": ARTIFACT_REGISTRY,
  "gcp:artifactregistry/repositoryIamBinding:RepositoryIamBinding": ARTIFACT_REGISTRY,
  "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember": ARTIFACT_REGISTRY,
  "gcp:bigquery/dataset:Dataset": BIGQUERY,
  "gcp:bigquery/datasetIamMember:DatasetIamMember": BIGQUERY,
  "gcp:bigquery/getDefaultServiceAccount:getDefaultServiceAccount": {
    api: "bigquery.googleapis.com",
    role: "roles/bigquery.jobUser",
  },
  "gcp:bigquery/table:Table": BIGQUERY,
  "gcp:cloudfunctionsv2/function:Function": {
    api: "cloudfunctions.googleapis.com",
    role: "roles/cloudfunctions.developer",
    also: { api: "cloudbuild.googleapis.com", role: ACT_AS.role },
  },
  "gcp:cloudrunv2/job:Job": { api: "run.googleapis.com", role: "roles/run.developer", also: ACT_AS },
  "gcp:cloudrunv2/jobIamMember:JobIamMember": { api: "run.googleapis.com", role: "roles/run.admin" },
  "gcp:cloudrunv2/serviceIamMember:ServiceIamMember": { api: "run.googleapis.com", role: "roles/run.admin" },
  "gcp:cloudscheduler/job:Job": {
    api: "cloudscheduler.googleapis.com",
    role: "roles/cloudscheduler.admin",
    also: ACT_AS,
  },
  "gcp:compute/getImage:getImage": { api: "compute.googleapis.com", role: "roles/compute.imageUser" },
  "gcp:compute/image:Image": IMAGES,
  "gcp:compute/imageIamBinding:ImageIamBinding": IMAGES,
  "gcp:compute/imageIamMember:ImageIamMember": IMAGES,
  "gcp:compute/instance:Instance": INSTANCES,
  "gcp:compute/instanceTemplate:InstanceTemplate": INSTANCES,
  "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate": INSTANCES,
  "gcp:folder/iAMMember:IAMMember": FOLDER_IAM,
  "gcp:kms/cryptoKey:CryptoKey": KMS,
  "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": KMS,
  "gcp:kms/keyRing:KeyRing": KMS,
  "gcp:logging/folderSink:FolderSink": SINKS,
  "gcp:logging/metric:Metric": SINKS,
  "gcp:logging/organizationSink:OrganizationSink": SINKS,
  "gcp:logging/projectSink:ProjectSink": SINKS,
  "gcp:monitoring/alertPolicy:AlertPolicy": {
    api: "monitoring.googleapis.com",
    role: "roles/monitoring.alertPolicyEditor",
  },
  "gcp:monitoring/dashboard:Dashboard": {
    api: "monitoring.googleapis.com",
    role: "roles/monitoring.dashboardEditor",
  },
  "gcp:organizations/getProject:getProject": { api: "cloudresourcemanager.googleapis.com", role: "roles/browser" },
  "gcp:organizations/iAMMember:IAMMember": ORGANIZATION_IAM,
  "gcp:organizations/project:Project": {
    api: "cloudresourcemanager.googleapis.com",
    role: "roles/resourcemanager.projectCreator",
    also: { api: "cloudbilling.googleapis.com", role: "roles/billing.user" },
  },
  "gcp:orgpolicy/policy:Policy": { api: "orgpolicy.googleapis.com", role: "roles/orgpolicy.policyAdmin" },
  "gcp:projects/defaultServiceAccounts:DefaultServiceAccounts": {
    ...PROJECT_IAM,
    also: { api: "iam.googleapis.com", role: "roles/iam.serviceAccountViewer" },
  },
  "gcp:projects/iAMAuditConfig:IAMAuditConfig": PROJECT_IAM,
  "gcp:projects/iAMBinding:IAMBinding": PROJECT_IAM,
  "gcp:projects/iAMCustomRole:IAMCustomRole": { api: "iam.googleapis.com", role: "roles/iam.roleAdmin" },
  "gcp:projects/iAMMember:IAMMember": PROJECT_IAM,
  "gcp:projects/service:Service": SERVICES,
  "gcp:projects/serviceIdentity:ServiceIdentity": SERVICES,
  "gcp:pubsub/subscription:Subscription": PUBSUB,
  "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember": PUBSUB,
  "gcp:pubsub/topic:Topic": PUBSUB,
  "gcp:pubsub/topicIAMMember:TopicIAMMember": PUBSUB,
  "gcp:secretmanager/secret:Secret": SECRETS,
  "gcp:secretmanager/secretIamMember:SecretIamMember": SECRETS,
  "gcp:serviceaccount/account:Account": SERVICE_ACCOUNTS,
  "gcp:serviceaccount/iAMBinding:IAMBinding": SERVICE_ACCOUNTS,
  "gcp:serviceaccount/iAMMember:IAMMember": SERVICE_ACCOUNTS,
  "gcp:storage/bucket:Bucket": STORAGE,
  "gcp:storage/bucketIAMMember:BucketIAMMember": STORAGE,
  "gcp:storage/bucketObject:BucketObject": { api: "storage.googleapis.com", role: "roles/storage.objectAdmin" },
};

/**
 * What a deployer of these resources needs. Types of other providers are passed over.
 *
 * @param types type tokens, such as `gcp:storage/bucket:Bucket`.
 */
export function requirementsOf(types: Iterable<string>): Requirements {
  const apis = new Set<string>();
  const roles = new Set<string>();
  const unknownTypes = new Set<string>();
  for (const type of types) {
    // A type may be any text, such as __proto__.
    const requirement = Object.hasOwn(REQUIREMENTS, type) ? REQUIREMENTS[type] : undefined;
    if (type.startsWith("gcp:") && !requirement) unknownTypes.add(type);
    for (let needed = requirement; needed; needed = needed.also) {
      apis.add(needed.api);
      roles.add(needed.role);
    }
  }
  return { apis: [...apis].sort(), roles: [...roles].sort(), unknownTypes: [...unknownTypes].sort() };
}
