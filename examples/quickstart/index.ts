import { ImageFamily } from "pulumi-kiln";

const web = new ImageFamily("web", {
  project: "acme-images",
  bucket: "acme-images-kiln",
  lifecycle: { obsoleteAfter: "30d", deleteAfter: "90d" },
});

export const bootImage = web.reference;
