import { type GraphResource, type PreviewGraph } from "../../../preview/graph";
import { type GraphValue, markerOf } from "../../../preview/graphValue";
import { DECLARED } from "./kinds";

/** A Terraform configuration as JSON. https://developer.hashicorp.com/terraform/language/syntax/json */
export interface Terraform {
  resource: Record<string, Record<string, Record<string, GraphValue>>>;
}

/** Inputs that are maps with keys of the user's own. */
const MAPS = ["environmentVariables", "labelExtractors", "labels", "metadata", "userLabels"];

/** Names of lists of blocks, which Terraform has in the singular where Pulumi has the plural. */
const BLOCKS: Readonly<Record<string, string>> = {
  accesses: "access",
  aggregations: "aggregations",
  auditLogConfigs: "audit_log_config",
  cleanupPolicies: "cleanup_policies",
  conditions: "conditions",
  containers: "containers",
  disks: "disk",
  envs: "env",
  items: "items",
  labels: "labels",
  lifecycleRules: "lifecycle_rule",
  networkInterfaces: "network_interface",
  ports: "ports",
  rules: "rules",
  upstreamPolicies: "upstream_policies",
  volumeMounts: "volume_mounts",
  volumes: "volumes",
};

/**
 * What Terraform would call the resources of a graph. A value that a preview does not know is there, but as a reference
 * that nothing resolves: Checkov then judges neither that it is missing nor what it holds.
 *
 * @throws Error for a type or a list of blocks whose name in Terraform is not in the tables.
 */
export function terraformOf({ resources }: PreviewGraph): Terraform {
  const managed = resources.filter(({ type, custom, read }) => custom && read === undefined && type.startsWith("gcp:"));
  const addresses = new Map(managed.map((one) => [one.urn, `${typeOf(one)}.${nameOf(one)}`]));
  const resource: Terraform["resource"] = {};
  for (const one of managed) {
    const dependsOn = one.dependencies.flatMap((urn) => addresses.get(urn) ?? []);
    resource[typeOf(one)] ??= {};
    resource[typeOf(one)][nameOf(one)] = { ...blockOf(one.inputs), depends_on: dependsOn };
  }
  return { resource };
}

function typeOf({ type }: GraphResource): string {
  const found = DECLARED[type];
  if (found === undefined) throw new Error(`${type}: add its name in Terraform to .ci/checks/checkov/kinds.ts`);
  return found;
}

/** Checkov leaves the kind out of some of its results: it stands in the name as well. Terraform's names hold no slashes. */
function nameOf(resource: GraphResource): string {
  return `${typeOf(resource)}${BETWEEN}${resource.name.replace(/[^A-Za-z0-9_-]/g, "_")}`;
}

/** Kind of a resource, by the address under which Checkov knows it. */
export function kindOf(address: string): string {
  return (address.split(".").at(-1) ?? "").split(BETWEEN)[0];
}

const BETWEEN = "--";

function blockOf(inputs: Record<string, GraphValue>): Record<string, GraphValue> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      terraformName(name, value),
      MAPS.includes(name) && !Array.isArray(value) ? value : valueOf(value),
    ]),
  );
}

function valueOf(value: GraphValue): GraphValue {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(valueOf);
  const marker = markerOf(value);
  return marker === undefined ? blockOf(value) : `\${data.kiln_${marker}.of_the_preview.value}`;
}

function terraformName(name: string, value: GraphValue): string {
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const blocks = Array.isArray(value) && value.some((entry) => entry !== null && typeof entry === "object");
  if (!blocks) return snake;
  if (!Object.hasOwn(BLOCKS, name))
    throw new Error(`${name}: add its name in Terraform to .ci/checks/checkov/terraform.ts`);
  return BLOCKS[name];
}
