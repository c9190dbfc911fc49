import { type RuleCases, secretValue } from "../rule";
import { UNKNOWN } from "../value";
import { OTHER_VERSIONS, running, workload } from "./caseWorkload";
import { KUBERNETES_WORKLOADS } from "./workloads";

const POD = "kubernetes:core/v1:Pod";
const PATCH = "kubernetes:apps/v1:DeploymentPatch";
const MAYBE = "runs as root if its image does";

export const cases: RuleCases = {
  good: [
    { title: "no root", resources: [running(POD, { securityContext: { runAsNonRoot: true } })] },
    { title: "a user", resources: [running(POD, { securityContext: { runAsUser: 65532 } })] },
    {
      title: "no root in the whole pod",
      resources: [workload(POD, { securityContext: { runAsNonRoot: true }, containers: [{}, {}] })],
    },
    {
      title: "no root, whichever user it will be",
      resources: [running(POD, { securityContext: { runAsNonRoot: true, runAsUser: UNKNOWN } })],
    },
    { title: "a patch that says nothing", resources: [running(PATCH, { image: "shop" })] },
  ],
  bad: [
    {
      title: "root",
      resources: [running(POD, { securityContext: { runAsUser: 0 } })],
      says: ["spec.containers[0].securityContext.runAsUser The container runs as user 0, which is root"],
    },
    {
      title: "a container that takes back what its pod says",
      resources: [
        workload(POD, {
          securityContext: { runAsNonRoot: true, runAsUser: 1000 },
          containers: [{ securityContext: { runAsUser: 0 } }],
          initContainers: [{ securityContext: { runAsUser: 1001 } }],
        }),
      ],
      says: ["spec.containers[0].securityContext.runAsUser"],
    },
    {
      title: "root is not refused",
      resources: [running(POD, { securityContext: { runAsNonRoot: false } })],
      says: [MAYBE],
    },
    ...OTHER_VERSIONS.map((type) => ({
      title: `root is not refused in ${type}`,
      resources: [running(type, { securityContext: { runAsNonRoot: false } })],
      says: [MAYBE],
    })),
    {
      title: "a patch to root",
      resources: [running(PATCH, { securityContext: { runAsUser: 0 } })],
      says: ["which is root"],
    },
    {
      title: "the image decides in an older version",
      resources: [running("kubernetes:batch/v1beta1:CronJob", { image: "shop" })],
      says: [MAYBE],
    },
    ...KUBERNETES_WORKLOADS.map((type) => ({
      title: `the image decides in ${type}`,
      resources: [running(type, { image: "shop" })],
      says: [MAYBE],
    })),
  ],
  unknown: [
    { title: "a user that is not known", resources: [running(POD, { securityContext: { runAsUser: UNKNOWN } })] },
    { title: "a patch that is not known", resources: [running(PATCH, { securityContext: UNKNOWN })] },
    { title: "a context that is not known", resources: [running(POD, { securityContext: UNKNOWN })] },
    {
      title: "a context of the pod that is not known",
      resources: [workload(POD, { securityContext: UNKNOWN, containers: [{}] })],
    },
    { title: "containers that are not known", resources: [workload(POD, { containers: UNKNOWN })] },
  ],
  secret: [
    { title: "a secret beside it", resources: [running(POD, { env: [{ name: "A", value: secretValue("hunter2") }] })] },
  ],
  absent: [
    { title: "no context", resources: [running(POD, {})], says: [MAYBE] },
    { title: "no container", resources: [workload(POD, {})] },
  ],
};
