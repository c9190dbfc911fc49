import { InstanceTemplate } from "@pulumi/gcp/compute";
import { IAMAuditConfig, IAMMember } from "@pulumi/gcp/projects";
import { Bucket } from "@pulumi/gcp/storage";
import { ContainerRegistry, ImageFamily, PullLogs, RemoteUpstream } from "pulumi-kiln";

const registry = new ContainerRegistry("registry", {
  project: "acme-shop",
  location: "europe-west1",
  repositories: {
    releases: {
      immutableTags: true,
      cleanup: { keepNewest: 10, deleteUntaggedAfter: "7d" },
      writers: { ci: "serviceAccount:ci@acme-shop.iam.gserviceaccount.com" },
      readers: { partners: "allUsers" },
    },
    hub: {
      remote: {
        upstream: RemoteUpstream.DockerHub,
        credentials: { username: "acme", passwordSecretVersion: "projects/acme-shop/secrets/docker-hub/versions/1" },
      },
      cleanup: { deleteOlderThan: "90d" },
    },
  },
  readers: { developers: "group:developers@acme.example" },
  allowPublic: true,
  serviceAgent: "service-123456789012@gcp-sa-artifactregistry.iam.gserviceaccount.com",
});

new IAMAuditConfig("registry-audit", {
  project: "acme-shop",
  service: "artifactregistry.googleapis.com",
  auditLogConfigs: [{ logType: "DATA_READ" }, { logType: "DATA_WRITE" }],
});

const logs = new PullLogs("pull-logs", {
  project: "acme-shop",
  location: "europe-west1",
  sources: { shop: { project: "acme-shop" } },
});

const web = new ImageFamily("web", { project: "acme-images", bucket: "acme-images-kiln" });

new InstanceTemplate("shop", {
  project: "acme-shop",
  machineType: "e2-small",
  disks: [{ sourceImage: "projects/debian-cloud/global/images/family/debian-12", boot: true, autoDelete: true }],
  networkInterfaces: [{ subnetwork: "projects/acme-net/regions/europe-west1/subnetworks/shop" }],
  serviceAccount: { email: "web@acme-shop.iam.gserviceaccount.com", scopes: ["cloud-platform"] },
  metadata: { "enable-oslogin": "TRUE" },
  shieldedInstanceConfig: { enableSecureBoot: true, enableVtpm: true, enableIntegrityMonitoring: true },
});

new Bucket("backups", {
  project: "acme-shop",
  name: "acme-shop-backups",
  location: "EUROPE-WEST1",
  uniformBucketLevelAccess: true,
  publicAccessPrevention: "enforced",
  versioning: { enabled: true },
  forceDestroy: true,
});

new IAMMember("deploy", {
  project: "acme-shop",
  role: "roles/editor",
  member: "serviceAccount:ci@acme-shop.iam.gserviceaccount.com",
});

export const bootImage = web.reference;
export const releases = registry.urls.releases;
export const pulls = logs.table;
