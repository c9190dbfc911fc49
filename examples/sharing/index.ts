import { ImageFamily, ImageProject, ImageSharing } from "pulumi-kiln";

const images = new ImageProject("images", {
  projectId: "acme-images",
  location: "EU",
  create: { folderId: "345678901234", billingAccount: "012345-6789AB-CDEF01" },
});

const web = new ImageFamily("web", { project: images.projectId, bucket: images.bucketName });

const sharing = new ImageSharing("sharing", {
  project: images.projectId,
  imageUsers: { developers: "group:developers@acme.example" },
  imageCreators: { platform: "group:platform@acme.example" },
  buildServiceAccounts: { builder: "image-builder@acme-images.iam.gserviceaccount.com" },
  consumers: {
    shop: { project: "acme-shop", projectNumber: "234567890123" },
    search: {
      project: "acme-search",
      projectNumber: "345678901234",
      imageUsers: { search: "group:search@acme.example" },
    },
  },
});

export const bootImage = web.reference;
export const grants = sharing.grants;
