import { type GraphResource } from "../graph";
import { countOf, flagged, tally, total } from "./details";

/** A kind of billable thing: which resources count, and what drives the bill. */
export interface BillableKind {
  kind: string;
  /** Type tokens without `gcp:`, such as `storage/bucket:Bucket`. */
  types: readonly string[];
  drivers: string;
  /** Google's page of prices, below https://cloud.google.com/. */
  page: string;
  /**
   * Whether this one is billed.
   * @default - every one is
   */
  isBilled?(resource: GraphResource): boolean;
  /** What the program says of the drivers; parts that are empty are left out. */
  details?(resources: GraphResource[]): string[];
}

/**
 * What Google Cloud bills, by the name of the kind. What is free is not here: projects, networks, IAM, service
 * accounts, instance templates, key rings, Cloud Build triggers, log sinks into the default buckets.
 */
export const BILLABLE_KINDS: readonly BillableKind[] = [
  {
    kind: "Artifact Registry repositories",
    types: ["artifactregistry/repository:Repository"],
    drivers: "GB stored, versions that no cleanup policy deletes included; GB pulled to other regions and the internet",
    page: "artifact-registry/pricing",
    isBilled: ({ inputs }) => inputs.mode !== "VIRTUAL_REPOSITORY",
    details: (all) => [
      flagged(all, "without cleanup policies", ({ inputs }) => !Array.isArray(inputs.cleanupPolicies)),
    ],
  },
  {
    kind: "Artifact Registry repositories that may be scanned",
    types: ["artifactregistry/repository:Repository"],
    drivers: "each new image digest, where the Container Scanning API is on in the project",
    page: "artifact-analysis/pricing",
    isBilled: isScanned,
  },
  {
    kind: "BigQuery datasets",
    types: ["bigquery/dataset:Dataset"],
    drivers: "GB stored in their tables, GB read by queries, GB streamed in (a log sink streams)",
    page: "bigquery/pricing",
    details: (all) => [flagged(all, "without expiration of tables or partitions", neverExpires)],
  },
  {
    kind: "BigQuery reservations",
    types: ["bigquery/reservation:Reservation", "bigquery/capacityCommitment:CapacityCommitment"],
    drivers: "slots by the hour, used or not",
    page: "bigquery/pricing",
  },
  {
    kind: "Buckets",
    types: ["storage/bucket:Bucket"],
    drivers: "GB stored by class, old versions included; operations; GB sent out",
    page: "storage/pricing",
    details: (all) => [
      `classes: ${tally(all, "storageClass", "STANDARD")}`,
      flagged(all, "keep old versions", ({ inputs }) => enabled(inputs.versioning)),
      flagged(all, "without lifecycle rules", ({ inputs }) => !Array.isArray(inputs.lifecycleRules)),
    ],
  },
  {
    kind: "Cloud Build triggers and worker pools",
    types: ["cloudbuild/trigger:Trigger", "cloudbuild/workerPool:WorkerPool"],
    drivers: "minutes of builds by machine type",
    page: "build/pricing",
  },
  {
    kind: "Cloud DNS zones",
    types: ["dns/managedZone:ManagedZone"],
    drivers: "zones by the month, queries",
    page: "dns/pricing",
  },
  {
    kind: "Cloud KMS keys",
    types: ["kms/cryptoKey:CryptoKey", "kms/cryptoKeyVersion:CryptoKeyVersion"],
    drivers: "key versions by the month, by protection level, until they are destroyed; operations",
    page: "kms/pricing",
    details: (all) => [
      `protection: ${tally(all, "versionTemplate.protectionLevel", "SOFTWARE")}`,
      flagged(all, "rotate, which adds versions", ({ inputs }) => inputs.rotationPeriod !== undefined),
    ],
  },
  {
    kind: "Cloud NAT gateways",
    types: ["compute/routerNat:RouterNat"],
    drivers: "hours by the number of instances, GB through the gateway, external addresses",
    page: "nat/pricing",
  },
  {
    kind: "Cloud Run functions",
    types: ["cloudfunctions/function:Function", "cloudfunctionsv2/function:Function"],
    drivers: "calls, CPU and memory by time, instances that are kept warm",
    page: "functions/pricing",
  },
  {
    kind: "Cloud Run services, jobs and worker pools",
    types: [
      "cloudrun/service:Service",
      "cloudrunv2/job:Job",
      "cloudrunv2/service:Service",
      "cloudrunv2/workerPool:WorkerPool",
    ],
    drivers: "CPU and memory by time, requests, instances that are kept warm",
    page: "run/pricing",
  },
  {
    kind: "Cloud SQL instances",
    types: ["sql/databaseInstance:DatabaseInstance"],
    drivers: "CPU, memory and storage by the hour, backups",
    page: "sql/pricing",
    details: (all) => [`tiers: ${tally(all, "settings.tier", "[not set]")}`],
  },
  {
    kind: "Cloud Scheduler jobs",
    types: ["cloudscheduler/job:Job"],
    drivers: "jobs by the month, run or not",
    page: "scheduler/pricing",
  },
  {
    kind: "Cloud VPN tunnels",
    types: ["compute/vPNTunnel:VPNTunnel"],
    drivers: "tunnels by the hour, GB sent out",
    page: "network-connectivity/docs/vpn/pricing",
  },
  {
    kind: "Disks",
    types: ["compute/disk:Disk", "compute/regionDisk:RegionDisk"],
    drivers: "GB by the month and type, used or not",
    page: "compute/disks-image-pricing",
    details: (all) => [`types: ${tally(all, "type", "pd-standard")}`, total(all, "size", "GB")],
  },
  {
    kind: "External addresses",
    types: ["compute/address:Address", "compute/globalAddress:GlobalAddress"],
    drivers: "hours; an address that nothing uses costs more",
    page: "vpc/network-pricing",
    isBilled: ({ inputs }) => inputs.addressType !== "INTERNAL",
  },
  {
    kind: "Forwarding rules",
    types: ["compute/forwardingRule:ForwardingRule", "compute/globalForwardingRule:GlobalForwardingRule"],
    drivers: "rules by the hour, GB through the load balancer",
    page: "load-balancing/pricing",
  },
  {
    kind: "GKE clusters",
    types: ["container/cluster:Cluster"],
    drivers: "clusters by the hour; with Autopilot what the pods ask for, else the nodes",
    page: "kubernetes-engine/pricing",
    details: (all) => [flagged(all, "Autopilot", ({ inputs }) => inputs.enableAutopilot === true)],
  },
  {
    kind: "GKE node pools",
    types: ["container/nodePool:NodePool"],
    drivers: "nodes by the hour and machine type, their disks",
    page: "kubernetes-engine/pricing",
    details: (all) => [
      `machine types: ${tally(all, "nodeConfig.machineType", "e2-medium")}`,
      total(all, "nodeCount", "nodes in each zone"),
    ],
  },
  {
    kind: "Images, machine images and snapshots",
    types: ["compute/image:Image", "compute/machineImage:MachineImage", "compute/snapshot:Snapshot"],
    drivers: "GB by the month and location, as long as they are kept",
    page: "compute/disks-image-pricing",
  },
  {
    kind: "Instance groups",
    types: [
      "compute/instanceGroupManager:InstanceGroupManager",
      "compute/regionInstanceGroupManager:RegionInstanceGroupManager",
    ],
    drivers: "instances by the hour and machine type of the template, their disks",
    page: "compute/vm-instance-pricing",
    details: (all) => [total(all, "targetSize", "instances in all")],
  },
  {
    kind: "Instances",
    types: ["compute/instance:Instance"],
    drivers: "hours by machine type and image licence, disks, GB sent out",
    page: "compute/vm-instance-pricing",
    details: (all) => [
      `machine types: ${tally(all, "machineType", "[not set]")}`,
      flagged(all, "with GPUs", ({ inputs }) => countOf(inputs.guestAccelerators) > 0),
    ],
  },
  {
    kind: "Log buckets",
    types: [
      "logging/folderBucketConfig:FolderBucketConfig",
      "logging/organizationBucketConfig:OrganizationBucketConfig",
      "logging/projectBucketConfig:ProjectBucketConfig",
    ],
    drivers: "GB taken in, GB kept beyond 30 days",
    page: "stackdriver/pricing",
    details: (all) => [`days kept: ${tally(all, "retentionDays", "30")}`],
  },
  {
    kind: "Log sinks",
    types: [
      "logging/billingAccountSink:BillingAccountSink",
      "logging/folderSink:FolderSink",
      "logging/organizationSink:OrganizationSink",
      "logging/projectSink:ProjectSink",
    ],
    drivers: "nothing for the sink; what it routes is stored, and billed, at its destination",
    page: "stackdriver/pricing",
    details: (all) => [flagged(all, "without a filter", ({ inputs }) => !inputs.filter)],
  },
  {
    kind: "Pub/Sub topics and subscriptions",
    types: ["pubsub/subscription:Subscription", "pubsub/topic:Topic"],
    drivers: "GB published and delivered; messages that are retained",
    page: "pubsub/pricing",
    details: (all) => [flagged(all, "retain messages", ({ inputs }) => inputs.messageRetentionDuration !== undefined)],
  },
  {
    kind: "Secrets",
    types: [
      "secretmanager/regionalSecret:RegionalSecret",
      "secretmanager/regionalSecretVersion:RegionalSecretVersion",
      "secretmanager/secret:Secret",
      "secretmanager/secretVersion:SecretVersion",
    ],
    drivers: "versions by the month and location until they are destroyed; accesses",
    page: "secret-manager/pricing",
  },
];

/** A registry that is not asked to leave its images alone. https://cloud.google.com/artifact-registry/docs/enable-disable-scanning */
function isScanned({ inputs }: GraphResource): boolean {
  const config = inputs.vulnerabilityScanningConfig;
  const enablement =
    typeof config === "object" && config !== null && !Array.isArray(config) ? config.enablementConfig : undefined;
  return inputs.mode !== "VIRTUAL_REPOSITORY" && enablement !== "DISABLED";
}

function neverExpires({ inputs }: GraphResource): boolean {
  return inputs.defaultTableExpirationMs === undefined && inputs.defaultPartitionExpirationMs === undefined;
}

function enabled(value: GraphResource["inputs"][string] | undefined): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && value.enabled === true;
}
