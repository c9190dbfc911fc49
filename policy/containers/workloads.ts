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

/** Workloads of Kubernetes in their current versions. */
export const KUBERNETES_WORKLOADS: readonly string[] = Object.keys(POD_SPECS);

/** Workloads of Kubernetes in their current versions, and of Cloud Run. */
export const WORKLOADS: readonly string[] = Object.keys(PARENTS);

const KUBERNETES_TYPE = /^kubernetes:(core|apps|batch|extensions)\/v\w+:(\w+?)(Patch)?$/;

/** Whether resources of a type are workloads of Kubernetes: of whichever version, or patches of such. */
export function isKubernetesWorkload(type: string): boolean {
  return Object.hasOwn(POD_SPECS, currentType(type));
}

/** Whether resources of a type are workloads of Kubernetes or of Cloud Run. */
export function isWorkload(type: string): boolean {
  return Object.hasOwn(PARENTS, currentType(type));
}

/** `kubernetes:extensions/v1beta1:DeploymentPatch` has its pod where `kubernetes:apps/v1:Deployment` has it. */
export function currentType(type: string): string {
  const match = KUBERNETES_TYPE.exec(type);
  return match ? `kubernetes:${match[1] === "extensions" ? "apps" : match[1]}/v1:${match[2]}` : type;
}

/** A container of a workload. */
export interface Container {
  /** Path of its inputs. */
  path: string;
  /** Its inputs; unknown where the list of containers is. */
  inputs: Value;
  /** Inputs of the pod, or of what Cloud Run has in its place. */
  pod: Value;
  /** Whether what is not given stays as it is. */
  isPatch: boolean;
}

/** All containers of a workload: those that run first, those that stay, and those for debugging. */
export function containersOf({ type, inputs }: Pick<PolicyResource, "type" | "inputs">): Container[] {
  if (!isWorkload(type)) return [];
  const path = PARENTS[currentType(type)];
  const pod = at(inputs, path);
  const isPatch = KUBERNETES_TYPE.exec(type)?.[3] !== undefined;
  if (pod === UNKNOWN) return [{ path, inputs: UNKNOWN, pod, isPatch }];
  return LISTS.flatMap((list) =>
    listed(`${path}.${list}`, at(pod, list)).map((container) => ({ ...container, pod, isPatch })),
  );
}

function listed(path: string, list: Value): Pick<Container, "path" | "inputs">[] {
  if (list === UNKNOWN) return [{ path, inputs: UNKNOWN }];
  if (!Array.isArray(list)) return [];
  return list.map((inputs, index) => ({ path: `${path}[${index}]`, inputs }));
}
