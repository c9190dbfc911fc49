import { ImageFamily, ImageProject, LifecycleController } from "pulumi-kiln";

const images = new ImageProject("images", {
  projectId: "acme-images",
  location: "EU",
  create: { folderId: "345678901234", billingAccount: "012345-6789AB-CDEF01" },
  apis: LifecycleController.requirements.apis,
});

const web = new ImageFamily("web", {
  project: images.projectId,
  bucket: images.bucketName,
  lifecycle: { obsoleteAfter: "30d", deleteAfter: "90d" },
  channels: [
    { name: "candidate", lifecycle: { deleteAfter: "14d" } },
    { name: "staging" },
    { name: "production", restricted: true },
  ],
});

const lifecycle = new LifecycleController("lifecycle", {
  project: images.projectId,
  projectNumber: images.projectNumber,
  bucket: images.bucketName,
  region: "europe-west1",
  timeZone: "Europe/Berlin",
  consumerProjects: { shop: "acme-shop", search: "acme-search" },
  notificationChannels: ["projects/acme-images/notificationChannels/1234567890123456789"],
});

export const channelFamilies = web.channelFamilies;
export const reports = lifecycle.reportsUrl;
