// Writes preview/compare/replacements.json: the inputs that Google Cloud cannot change in place.
//
//   node scripts/replacements.mjs FOLDER VERSION
//
// FOLDER is a checkout of terraform-provider-google-beta, the provider that @pulumi/gcp bridges, at the tag VERSION.
// Its schemas say `ForceNew: true`; the packages of @pulumi/gcp for Node do not. Each input is looked up in the
// installed @pulumi/gcp, for its name there.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const [folder, version] = process.argv.slice(2);
if (!folder || !version) throw new Error("usage: node scripts/replacements.mjs FOLDER VERSION");
const GCP = "node_modules/@pulumi/gcp";
const installed = JSON.parse(readFileSync(`${GCP}/package.json`, "utf8")).version;

/** Files of the provider by module of @pulumi/gcp, with the resource in it. */
const TYPES = {
  artifactregistry: { "artifactregistry/resource_artifact_registry_repository": "Repository" },
  bigquery: {
    "bigquery/resource_bigquery_dataset": "Dataset",
    "bigquery/resource_bigquery_dataset_access": "DatasetAccess",
    "bigquery/resource_bigquery_routine": "Routine",
    "bigquery/resource_bigquery_table": "Table",
  },
  cloudbuild: {
    "cloudbuild/resource_cloudbuild_trigger": "Trigger",
    "cloudbuild/resource_cloudbuild_worker_pool": "WorkerPool",
  },
  cloudfunctions: { "cloudfunctions/resource_cloudfunctions_function": "Function" },
  cloudfunctionsv2: { "cloudfunctions2/resource_cloudfunctions2_function": "Function" },
  cloudrun: { "cloudrun/resource_cloud_run_service": "Service" },
  cloudrunv2: {
    "cloudrunv2/resource_cloud_run_v2_job": "Job",
    "cloudrunv2/resource_cloud_run_v2_service": "Service",
    "cloudrunv2/resource_cloud_run_v2_worker_pool": "WorkerPool",
  },
  cloudscheduler: { "cloudscheduler/resource_cloud_scheduler_job": "Job" },
  compute: {
    "compute/resource_compute_address": "Address",
    "compute/resource_compute_autoscaler": "Autoscaler",
    "compute/resource_compute_disk": "Disk",
    "compute/resource_compute_firewall": "Firewall",
    "compute/resource_compute_global_address": "GlobalAddress",
    "compute/resource_compute_health_check": "HealthCheck",
    "compute/resource_compute_image": "Image",
    "compute/resource_compute_instance": "Instance",
    "compute/resource_compute_instance_group_manager": "InstanceGroupManager",
    "compute/resource_compute_instance_template": "InstanceTemplate",
    "compute/resource_compute_machine_image": "MachineImage",
    "compute/resource_compute_network": "Network",
    "compute/resource_compute_region_autoscaler": "RegionAutoscaler",
    "compute/resource_compute_region_disk": "RegionDisk",
    "compute/resource_compute_region_instance_group_manager": "RegionInstanceGroupManager",
    "compute/resource_compute_region_instance_template": "RegionInstanceTemplate",
    "compute/resource_compute_resource_policy": "ResourcePolicy",
    "compute/resource_compute_router": "Router",
    "compute/resource_compute_router_nat": "RouterNat",
    "compute/resource_compute_snapshot": "Snapshot",
    "compute/resource_compute_subnetwork": "Subnetwork",
  },
  container: {
    "container/resource_container_cluster": "Cluster",
  },
  kms: {
    "kms/resource_kms_crypto_key": "CryptoKey",
    "kms/resource_kms_crypto_key_version": "CryptoKeyVersion",
    "kms/resource_kms_key_ring": "KeyRing",
  },
  logging: {
    "logging/resource_logging_log_view": "LogView",
    "logging/resource_logging_metric": "Metric",
  },
  organizations: {
    "resourcemanager/resource_google_folder": "Folder",
    "resourcemanager/resource_google_project": "Project",
  },
  orgpolicy: {
    "orgpolicy/resource_org_policy_custom_constraint": "CustomConstraint",
    "orgpolicy/resource_org_policy_policy": "Policy",
  },
  projects: {
    "resourcemanager/resource_google_project_service": "Service",
    "resourcemanager/resource_project_service_identity": "ServiceIdentity",
    "resourcemanager/resource_google_project_default_service_accounts": "DefaultServiceAccounts",
  },
  pubsub: {
    "pubsub/resource_pubsub_schema": "Schema",
    "pubsub/resource_pubsub_subscription": "Subscription",
    "pubsub/resource_pubsub_topic": "Topic",
  },
  secretmanager: {
    "secretmanager/resource_secret_manager_secret": "Secret",
    "secretmanager/resource_secret_manager_secret_version": "SecretVersion",
  },
  serviceaccount: {
    "resourcemanager/resource_google_service_account": "Account",
    "resourcemanager/resource_google_service_account_key": "Key",
  },
  storage: {
    "storage/resource_storage_bucket": "Bucket",
    "storage/resource_storage_bucket_object": "BucketObject",
  },
};

/** Attributes of the schema that begins after a line of Go as gofmt lays it out: nesting is indentation. */
function attributesFrom(lines, start) {
  const root = { attributes: {} };
  const path = [{ indent: indentOf(lines[start]), node: root }];
  for (let at = start + 1; at < lines.length; at++) {
    const line = lines[at];
    if (line.trim() === "") continue;
    const indent = indentOf(line);
    if (indent <= path[0].indent) break;
    while (path.length > 1 && indent <= path.at(-1).indent) path.pop();
    const { node } = path.at(-1);
    const opened = /^\t+"([a-z0-9_]+)": \{$/.exec(line);
    if (opened) path.push({ indent, node: (node.attributes[opened[1]] = { attributes: {} }) });
    else if (indent === path.at(-1).indent + 1) readField(node, line.trim(), lines);
  }
  return root.attributes;
}

function readField(node, field, lines) {
  if (/^(Optional|Required): +true,/.test(field)) node.isInput = true;
  if (/^ForceNew: +true,/.test(field)) node.isForced = true;
  if (/^Elem: +&schema\.Resource\{/.test(field)) node.isBlock = true;
  const shared = /^Elem: +([A-Za-z]+)(\(\))?,/.exec(field);
  if (shared) Object.assign(node, { isBlock: true, attributes: sharedAttributes(shared[1], lines) });
}

function sharedAttributes(name, lines) {
  const start = lines.findIndex((line) => new RegExp(`^func ${name}\\(|^\\t?(var )?${name} += `).test(line));
  const schema = start < 0 ? -1 : lines.findIndex((line, at) => at >= start && /Schema: map\[/.test(line));
  return schema < 0 ? {} : attributesFrom(lines, schema);
}

function indentOf(line) {
  return /^\t*/.exec(line)[0].length;
}

/**
 * Paths below which every change replaces, such as `location`; with `{}` behind it the block alone may not come or go.
 */
function forcedPaths(attributes, args) {
  return Object.entries(attributes).flatMap(([key, node]) => {
    const property = node.isInput && args(key);
    if (!property) return [];
    if (!node.isBlock) return node.isForced ? [property.name] : [];
    const inner = forcedPaths(node.attributes, property.args);
    if (isWhole(node, property.args)) return [property.name];
    return [...(node.isForced ? [`${property.name}{}`] : []), ...inner.map((path) => `${property.name}.${path}`)];
  });
}

function isWhole(node, args) {
  const inputs = Object.entries(node.attributes).filter(([key, { isInput }]) => isInput && args(key));
  return (
    inputs.length > 0 &&
    inputs.every(([key, one]) => (one.isBlock ? isWhole(one, args(key).args) : Boolean(one.isForced)))
  );
}

/** Finds a property of an interface by its name in the provider, which writes snake_case and singulars. */
function argsOf(declaration) {
  const properties = new Map(declaration?.members.map((member) => [member.name.text, member]) ?? []);
  return (key) => {
    const name = key.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
    const found = [name, `${name}s`, `${name}es`, name.replace(/y$/, "ies")].find((one) => properties.has(one));
    if (found === undefined) return undefined;
    const nested = /inputs\.([A-Za-z0-9]+)\.([A-Za-z0-9]+)/.exec(properties.get(found).type.getText());
    return { name: found, args: argsOf(nested ? INPUTS.get(`${nested[1]}.${nested[2]}`) : undefined) };
  };
}

/** Interfaces of nested inputs, as `compute.InstanceBootDisk`. */
function nestedInputs() {
  const file = parse(`${GCP}/types/input.d.ts`);
  const interfaces = new Map();
  for (const statement of file.statements)
    if (ts.isModuleDeclaration(statement))
      for (const one of statement.body.statements)
        if (ts.isInterfaceDeclaration(one)) interfaces.set(`${statement.name.text}.${one.name.text}`, one);
  return interfaces;
}

function parse(path) {
  return ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
}

const INPUTS = nestedInputs();

function replacementsOf(module, file, resource) {
  const source = readFileSync(join(folder, "google-beta/services", `${file}.go`), "utf8");
  const lines = source.replace(/`[^`]*`/g, "``").split("\n");
  const made = lines.findIndex((line) => /^func Resource\w+\(\) \*schema\.Resource/.test(line));
  const start = lines.findIndex((line, at) => at > made && /^\t\tSchema: map\[string\]\*schema\.Schema\{/.test(line));
  const lower = resource.charAt(0).toLowerCase() + resource.slice(1);
  const path = [`${GCP}/${module}/${lower}.d.ts`, `${GCP}/${module}/${lower}Function.d.ts`].find(existsSync);
  const declared = parse(path).statements.find(
    (one) => ts.isInterfaceDeclaration(one) && one.name.text === `${resource}Args`,
  );
  const paths = forcedPaths(attributesFrom(lines, start), argsOf(declared));
  return [`gcp:${module}/${lower}:${resource}`, paths.sort()];
}

const types = Object.entries(TYPES).flatMap(([module, files]) =>
  Object.entries(files).map(([file, resource]) => replacementsOf(module, file, resource)),
);
const table = {
  source: `ForceNew in the schemas of terraform-provider-google-beta ${version}, by the names of @pulumi/gcp ${installed}`,
  types: Object.fromEntries(types.sort(([a], [b]) => (a < b ? -1 : 1))),
};
writeFileSync("preview/compare/replacements.json", `${JSON.stringify(table, undefined, 2)}\n`);
