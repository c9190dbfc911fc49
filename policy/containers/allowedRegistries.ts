import { type ResourceRule, type RuleConfig } from "../rule";
import { type ImageReference } from "./imageReference";
import { judgeImages } from "./images";
import { isWorkload } from "./workloads";

/** Workloads run images from Artifact Registry, or from what else is allowed. */
export const allowedRegistries: ResourceRule = {
  id: "containers-allowed-registries",
  what: "Workloads of Cloud Run and Kubernetes run images from allowed registries only.",
  why: "An image from a third-party registry is gone, limited or changed when that registry says so: Docker Hub counts anonymous pulls, and an upstream that is taken over reaches production with the next restart. What is in Artifact Registry was scanned, is audited and stays. What a Helm release installs is not seen by a policy.",
  fix: "Copy the image into Artifact Registry, or pull it through a remote repository there, and write its address `LOCATION-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE` into `image`.",
  severity: "high",
  level: "mandatory",
  link: "https://cloud.google.com/artifact-registry/docs/docker/migrate-third-party",
  types: isWorkload,
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
  check: (workload, config) => {
    const allowed = patternsOf(config);
    const accepts = (image: ImageReference) => allowed.some((pattern) => pattern.test(addressOf(image)));
    return judgeImages(workload, accepts, "The image comes from a registry that is not allowed.");
  },
};

function addressOf({ registry, repository }: ImageReference): string {
  return `${registry}/${repository}`;
}

function patternsOf({ allowedRegistries: allowed }: RuleConfig): RegExp[] {
  const texts = Array.isArray(allowed) ? allowed.filter((entry): entry is string => typeof entry === "string") : [];
  return texts.map((text) => {
    const parts = text.replace(/\/$/, "").split(/\*+/);
    const escaped = parts.map((part) => part.replace(/[^A-Za-z0-9]/g, "\\$&"));
    return new RegExp(`^${escaped.join("[^/]*")}(/|$)`);
  });
}
