import { type PolicyResource } from "../rule";
import { at, UNKNOWN, type Value } from "../value";

/** Where the pods of Kubernetes' workloads are specified, by type. What a Helm release installs is not seen. */
const POD_SPECS: Record<string, string> = {
  "kubernetes:core/v1:Pod": "spec",
  "kubernetes:core/v1:PodTemplate": "template.spec",
  "kubernetes:core/v1:ReplicationController": "spec.template.spec",
  "kubernetes:apps/v1:DaemonSet": "spec.template.spec",
  "kubernetes:apps/v1:Deployment": "spec.template.spec",
  "kubernetes:apps/v1:ReplicaSet": "spec.template.spec",
  "kubernetes:apps/v1:StatefulSet": "spec.template.spec",
  "kubernetes:batch/v1:CronJob": "spec.jobTemplate.spec.template.spec",
  "kubernetes:batch/v1:Job": "spec.template.spec",
};

/** Where the containers of Cloud Run are listed, by type. */
const CLOUD_RUN_CONTAINERS: Record<string, string> = {
  "gcp:cloudrun/service:Service": "template.spec",
  "gcp:cloudrunv2/job:Job": "template.template",
  "gcp:cloudrunv2/service:Service": "template",
  "gcp:cloudrunv2/workerPool:WorkerPool": "template",
};

/** Where the containers of all workloads are listed, by type. */
export const PARENTS: Readonly<Record<string, string>> = { ...POD_SPECS, ...CLOUD_RUN_CONTAINERS };

const LISTS = ["initContainers", "containers", "ephemeralContainers"];

/** Workloads of Kubernetes. */
export const KUBERNETES_WORKLOADS: readonly string[] = Object.keys(POD_SPECS);

/** Workloads of Kubernetes and of Cloud Run. */
export const WORKLOADS: readonly string[] = Object.keys(PARENTS);

/** A container of a workload. */
export interface Container {
  /** Path of its inputs. */
  path: string;
  /** Its inputs; unknown where the list of containers is. */
  inputs: Value;
  /** Inputs of the pod, or of what Cloud Run has in its place. */
  pod: Value;
}

/** All containers of a workload: those that run first, those that stay, and those for debugging. */
export function containersOf({ type, inputs }: Pick<PolicyResource, "type" | "inputs">): Container[] {
  const path = Object.hasOwn(PARENTS, type) ? PARENTS[type] : undefined;
  if (path === undefined) return [];
  const pod = at(inputs, path);
  if (pod === UNKNOWN) return [{ path, inputs: UNKNOWN, pod }];
  return LISTS.flatMap((list) => listed(`${path}.${list}`, at(pod, list), pod));
}

function listed(path: string, list: Value, pod: Value): Container[] {
  if (list === UNKNOWN) return [{ path, inputs: UNKNOWN, pod }];
  if (!Array.isArray(list)) return [];
  return list.map((inputs, index) => ({ path: `${path}[${index}]`, inputs, pod }));
}
