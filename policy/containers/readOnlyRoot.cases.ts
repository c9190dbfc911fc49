import { type RuleCases, secretValue } from "../rule";
import { UNKNOWN } from "../value";
import { OTHER_VERSIONS, running, workload } from "./caseWorkload";
import { KUBERNETES_WORKLOADS } from "./workloads";

const POD = "kubernetes:core/v1:Pod";
const SAYS = "can write to its root file system";

export const cases: RuleCases = {
  good: [
    { title: "read only", resources: [running(POD, { securityContext: { readOnlyRootFilesystem: true } })] },
    { title: "a patch that says nothing", resources: [running("kubernetes:core/v1:PodPatch", { image: "shop" })] },
    {
      title: "read only, whatever system it is",
      resources: [
        workload(POD, { os: { name: UNKNOWN }, containers: [{ securityContext: { readOnlyRootFilesystem: true } }] }),
      ],
    },
    {
      title: "Windows, where there is no such thing",
      resources: [workload(POD, { os: { name: "windows" }, containers: [{}] })],
    },
  ],
  bad: [
    {
      title: "writable",
      resources: [running(POD, { securityContext: { readOnlyRootFilesystem: false } })],
      says: [`spec.containers[0].securityContext.readOnlyRootFilesystem The container ${SAYS}`],
    },
    ...OTHER_VERSIONS.map((type) => ({
      title: `writable in ${type}`,
      resources: [running(type, { securityContext: { readOnlyRootFilesystem: false } })],
      says: [SAYS],
    })),
    ...KUBERNETES_WORKLOADS.map((type) => ({
      title: `nothing is said in ${type}`,
      resources: [running(type, { securityContext: { runAsNonRoot: true } })],
      says: [SAYS],
    })),
  ],
  unknown: [
    {
      title: "whether it is Windows",
      resources: [workload(POD, { os: { name: UNKNOWN }, containers: [{ image: "shop" }] })],
    },
    {
      title: "a patch that is not known",
      resources: [running("kubernetes:core/v1:PodPatch", { securityContext: UNKNOWN })],
    },
    { title: "a context that is not known", resources: [running(POD, { securityContext: UNKNOWN })] },
    { title: "containers that are not known", resources: [workload(POD, { containers: UNKNOWN })] },
  ],
  secret: [{ title: "a secret beside it", resources: [running(POD, { args: [secretValue("hunter2")] })] }],
  absent: [{ title: "no context", resources: [running(POD, {})], says: [SAYS] }],
};
