import { type CaseResource } from "../rule";
import { type Inputs, type Value } from "../value";
import { currentType, PARENTS } from "./workloads";

/** A workload of a case, with what its pod specifies. */
export function workload(type: string, pod: Value): CaseResource {
  const names = PARENTS[currentType(type)].split(".").reverse();
  return { type, inputs: names.reduce((inner: Value, name) => ({ [name]: inner }), pod) as Inputs };
}

/** A workload of a case with containers of these inputs. */
export function running(type: string, ...containers: Inputs[]): CaseResource {
  return workload(type, { containers });
}

/** Workloads in other versions than the current ones, and patches. */
export const OTHER_VERSIONS = [
  "kubernetes:apps/v1:DeploymentPatch",
  "kubernetes:apps/v1beta2:StatefulSet",
  "kubernetes:batch/v1beta1:CronJob",
  "kubernetes:core/v1:PodPatch",
  "kubernetes:extensions/v1beta1:DaemonSetPatch",
];

/** An image that its digest names, in a registry of Google's. */
export const PINNED = `europe-west1-docker.pkg.dev/acme-images/releases/shop@sha256:${"0123456789abcdef".repeat(4)}`;
