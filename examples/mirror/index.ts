import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ContainerRegistry, ImageMirror, ImageProject, MirrorUpdate } from "pulumi-kiln";

const images = new ImageProject("images", {
  projectId: "acme-images",
  location: "EU",
  create: { folderId: "345678901234", billingAccount: "012345-6789AB-CDEF01" },
  apis: [...ImageMirror.requirements.apis, ...ContainerRegistry.requirements.apis],
});

const registry = new ContainerRegistry("registry", {
  project: images.projectId,
  location: "europe-west1",
  repositories: {
    "third-party": { cleanup: { deleteUntaggedAfter: "90d" }, labels: { "kiln-tags": "moving" } },
    tools: { immutableTags: true, cleanup: { deleteUntaggedAfter: "30d" } },
  },
  auditLogs: true,
  readers: { shop: "serviceAccount:gke-nodes@acme-shop.iam.gserviceaccount.com" },
});

const mirror = new ImageMirror("mirror", {
  project: images.projectId,
  projectNumber: images.projectNumber,
  region: "europe-west1",
  bucket: images.bucketName,
  image:
    "europe-west1-docker.pkg.dev/acme-images/tools/kiln@sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
  repositories: { thirdParty: registry.urls["third-party"] },
  plan: readFileSync(join(__dirname, "migration.yaml"), "utf8"),
  update: MirrorUpdate.MovedTags,
  timeZone: "Europe/Berlin",
  dockerConfigSecretVersion: "projects/acme-images/secrets/docker-config/versions/latest",
  notificationChannels: ["projects/acme-images/notificationChannels/1234567890123456789"],
});

export const job = mirror.jobName;
export const ledgers = mirror.ledgersUrl;
