import { type GraphResource } from "../graph";
import { type GraphValue, markerOf } from "../graphValue";

/** Types of which the provider itself prevents the deletion unless `deletionProtection` is false. */
const PROTECTED_BY_DEFAULT = new Set([
  "gcp:bigquery/table:Table",
  "gcp:cloudrunv2/job:Job",
  "gcp:cloudrunv2/service:Service",
  "gcp:cloudrunv2/workerPool:WorkerPool",
  "gcp:container/cluster:Cluster",
  "gcp:organizations/folder:Folder",
]);

/** Inputs that prevent a deletion as long as they are on. */
const PREVENTING = ["deletionProtection", "deletionProtectionEnabled", "preventDestroy"];

/** Inputs that let a deletion take the contents along. */
const FORCING = ["forceDestroy", "deleteContentsOnDestroy"];

/**
 * Whether a resource is less protected from deletion than before, or was protected and is gone. What is not known does
 * not count as off.
 *
 * @param after undefined where the resource is gone.
 */
export function losesProtection(before: GraphResource, after: GraphResource | undefined): boolean {
  if (!after) return before.protect || isPrevented(before);
  return (
    (before.protect && !after.protect) ||
    (before.options.retainOnDelete === true && after.options.retainOnDelete !== true) ||
    (isPrevented(before) && !isPrevented(after)) ||
    PREVENTING.some((input) => isOn(before, input) && !isOn(after, input)) ||
    FORCING.some((input) => isForced(after, input) && !isForced(before, input))
  );
}

/** Whether the provider refuses to delete the resource. */
export function isPrevented(resource: GraphResource): boolean {
  return policyPrevents(resource) || PREVENTING.some((input) => isOn(resource, input));
}

function policyPrevents({ type, inputs }: GraphResource): boolean {
  const policy = inputs.deletionPolicy ?? (type === "gcp:organizations/project:Project" ? "PREVENT" : "DELETE");
  return policy === "PREVENT" || isUnknown(policy);
}

function isOn({ type, inputs }: GraphResource, input: string): boolean {
  const byDefault = input === "deletionProtection" && PROTECTED_BY_DEFAULT.has(type);
  const value = inputs[input] ?? byDefault;
  return value === true || value === "true" || isUnknown(value);
}

function isForced({ inputs }: GraphResource, input: string): boolean {
  return inputs[input] === true || inputs[input] === "true";
}

function isUnknown(value: GraphValue): boolean {
  return markerOf(value) === "unknown" || value === "[secret]";
}
