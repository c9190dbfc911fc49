import { type RuleCases, secretValue } from "../rule";
import { UNKNOWN } from "../value";
import { OTHER_VERSIONS, PINNED, running, workload } from "./caseWorkload";
import { WORKLOADS } from "./workloads";

const JOB = "gcp:cloudrunv2/job:Job";
const SAYS = "instead of its digest";

export const cases: RuleCases = {
  good: [
    { title: "a digest", resources: [running(JOB, { image: PINNED })] },
    {
      title: "a tag and a digest",
      resources: [running(JOB, { image: PINNED.replace("@", ":1.4.0@") })],
    },
  ],
  bad: [
    {
      title: "a tag",
      resources: [running(JOB, { image: "europe-docker.pkg.dev/acme-images/releases/shop:1.4.0" })],
      says: [`template.template.containers[0].image The image is named by a tag, or by nothing, ${SAYS}`],
    },
    ...[...WORKLOADS, ...OTHER_VERSIONS].map((type) => ({
      title: `neither tag nor digest in ${type}`,
      resources: [running(type, { image: "europe-docker.pkg.dev/acme-images/releases/shop" })],
      says: [SAYS],
    })),
    {
      title: "a digest that is cut",
      resources: [running(JOB, { image: PINNED.slice(0, -1) })],
      says: ["The image's name is none that a registry could have."],
    },
  ],
  unknown: [
    { title: "an image that is built first", resources: [running(JOB, { image: UNKNOWN })] },
    { title: "containers that are not known", resources: [workload(JOB, { containers: UNKNOWN })] },
  ],
  secret: [{ title: "a secret tag", resources: [running(JOB, { image: secretValue("acme/shop:hunter2") })] }],
  absent: [{ title: "no image", resources: [running(JOB, {})] }],
};
