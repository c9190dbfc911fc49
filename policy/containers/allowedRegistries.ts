import { type ResourceRule } from "../rule";
import { isAllowed, judgeImages } from "./images";
import { namedImages, runsImages } from "./namedImages";

/** What runs runs images from Artifact Registry, or from what else is allowed. */
export const allowedRegistries: ResourceRule = {
  id: "containers-allowed-registries",
  what: "Workloads of Cloud Run and Kubernetes, App Engine's flexible environment, Dataproc batches, notebooks and virtual machines run images from allowed registries only.",
  why: "An image from a third-party registry is gone, limited or changed when that registry says so: Docker Hub counts anonymous pulls, and an upstream that is taken over reaches production with the next restart. What is in Artifact Registry was scanned, is audited and stays. What a Helm release installs is not seen by a policy.",
  fix: "Copy the image into Artifact Registry, or pull it through a remote repository there, and write its address `LOCATION-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE` into `image`, or into the input that names the image.",
  severity: "high",
  level: "mandatory",
  link: "https://cloud.google.com/artifact-registry/docs/docker/migrate-third-party",
  types: runsImages,
  config: {
    properties: {
      allowedRegistries: {
        type: "array",
        items: { type: "string" },
        description:
          "Registries, or beginnings of addresses such as europe-docker.pkg.dev/acme-images, from which images may come; * stands for any text without a slash.",
        default: ["*-docker.pkg.dev"],
      },
    },
  },
  check: (resource, { allowedRegistries: allowed }) =>
    judgeImages(namedImages(resource), isAllowed(allowed), "The image comes from a registry that is not allowed."),
};
