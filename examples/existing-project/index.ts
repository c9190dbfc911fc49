import { ImageFamily, ImageProject } from "pulumi-kiln";

const images = new ImageProject("images", { projectId: "acme-images", location: "EU" });

const base = new ImageFamily("base", { project: images.projectId, bucket: images.bucketName });

export const bootImage = base.reference;
export const serviceAgents = images.serviceAgents;
