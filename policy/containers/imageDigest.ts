import { type ResourceRule } from "../rule";
import { judgeImages } from "./images";
import { namedImages } from "./namedImages";
import { isWorkload } from "./workloads";

/** Workloads name images by digest. */
export const imageDigest: ResourceRule = {
  id: "containers-image-digest",
  what: "Workloads of Cloud Run and Kubernetes name their images by digest.",
  why: "A tag can be moved: two instances of one workload then run different programs, and what runs is not what was tested, scanned or attested. A digest is the image.",
  fix: "Write the digest into `image`, as in `LOCATION-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE@sha256:…`; a tag may stand before it.",
  severity: "medium",
  level: "advisory",
  link: "https://cloud.google.com/architecture/using-container-images",
  types: isWorkload,
  check: (workload) =>
    judgeImages(
      namedImages(workload),
      ({ digest }) => digest !== undefined,
      "The image is named by a tag, or by nothing, instead of its digest.",
    ),
};
