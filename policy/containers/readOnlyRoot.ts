import { type Finding, type ResourceRule } from "../rule";
import { at, UNKNOWN } from "../value";
import { type Container, containersOf, isKubernetesWorkload } from "./workloads";

const INPUT = "securityContext.readOnlyRootFilesystem";

/** Containers of Kubernetes do not write to their own file system. */
export const readOnlyRoot: ResourceRule = {
  id: "containers-read-only-root",
  what: "Containers of Kubernetes workloads have a root file system that is read only.",
  why: "Who gets into a container with a writable root leaves tools there and changes the program that runs. Scratch space belongs into a volume, where it is seen and limited. Cloud Run has no such input: what is written there is gone with the instance.",
  fix: "Set `securityContext.readOnlyRootFilesystem` to true in the container and mount an `emptyDir` where it has to write.",
  severity: "medium",
  level: "advisory",
  link: "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
  types: isKubernetesWorkload,
  check: (workload) => containersOf(workload).flatMap(judged),
};

function judged({ path, inputs, pod, isPatch }: Container): Finding[] {
  // Windows has no read-only root.
  const system = at(pod, "os.name");
  const readOnly = at(inputs, INPUT);
  if (system === "windows" || readOnly === true || (isPatch && (readOnly ?? undefined) === undefined)) return [];
  if (inputs === UNKNOWN) return [{ path, cannotTell: true }];
  if (readOnly === UNKNOWN) return [{ path: `${path}.${INPUT}`, cannotTell: true }];
  if (system === UNKNOWN) return [{ path: `${path.replace(/\.\w+\[\d+\]$/, "")}.os.name`, cannotTell: true }];
  return [{ path: `${path}.${INPUT}`, violation: "The container can write to its root file system." }];
}
