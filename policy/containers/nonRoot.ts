import { type Finding, type ResourceRule } from "../rule";
import { at, UNKNOWN, type Value } from "../value";
import { type Container, containersOf, isKubernetesWorkload } from "./workloads";

/** Containers of Kubernetes do not run as root. */
export const nonRoot: ResourceRule = {
  id: "containers-non-root",
  what: "Containers of Kubernetes workloads do not run as root.",
  why: "Root in a container is root on the node as soon as it gets out: by a flaw of the kernel, a mounted path or a privilege too many. Without `runAsNonRoot` it is the image that decides, and most images are root. Cloud Run has no such input; there the image's own `USER` decides.",
  fix: "Set `securityContext.runAsNonRoot` to true, or `securityContext.runAsUser` to another user than 0, in the container or in its pod.",
  severity: "high",
  level: "advisory",
  link: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
  types: isKubernetesWorkload,
  check: (workload) => containersOf(workload).flatMap(judged),
};

function judged(container: Container): Finding[] {
  const user = ofContainerOrPod(container, "runAsUser");
  const refused = ofContainerOrPod(container, "runAsNonRoot");
  const path = (name: string) => `${container.path}.securityContext.${name}`;
  if (container.inputs === UNKNOWN) return [{ path: container.path, cannotTell: true }];
  if (user === 0) return [{ path: path("runAsUser"), violation: "The container runs as user 0, which is root." }];
  if (typeof user === "number" || refused === true) return [];
  if (user === UNKNOWN) return [{ path: path("runAsUser"), cannotTell: true }];
  if (refused === UNKNOWN) return [{ path: path("runAsNonRoot"), cannotTell: true }];
  if (container.isPatch && refused !== false) return [];
  return [{ path: path("runAsNonRoot"), violation: "The container runs as root if its image does." }];
}

/** What a container says itself goes before what its pod says. */
function ofContainerOrPod({ inputs, pod }: Container, name: string): Value {
  return at(inputs, `securityContext.${name}`) ?? at(pod, `securityContext.${name}`);
}
