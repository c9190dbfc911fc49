import { type GraphResource } from "../graph";
import { type GraphValue, markerOf, SECRET } from "../graphValue";
import { type ValueChange } from "./inputChanges";
import table from "./replacements.json";

/** Made by scripts/replacements.mjs. */
const GENERATED = new Map<string, string[]>(Object.entries(table.types));

/** Types whose schemas the script cannot read. Source: `ForceNew` in terraform-provider-google-beta v7.45.0. */
const BY_HAND = new Map<string, string[]>(
  Object.entries({
    "gcp:container/nodePool:NodePool": [
      ...["cluster", "initialNodeCount", "location", "maxPodsPerNode", "name", "namePrefix", "placementPolicy"],
      ...["project", "queuedProvisioning"],
    ],
    "gcp:logging/folderSink:FolderSink": ["folder", "name"],
    "gcp:logging/organizationSink:OrganizationSink": ["name", "orgId"],
    "gcp:logging/projectBucketConfig:ProjectBucketConfig": ["bucketId", "location", "project"],
    "gcp:logging/projectSink:ProjectSink": ["name", "project"],
  }),
);

/** What an IAM resource changes in place; every other input says whose policy it is. */
const IAM_IN_PLACE: Readonly<Record<string, string>> = {
  AuditConfig: "auditLogConfigs",
  Binding: "members",
  Member: "",
  Policy: "policyData",
};

const IAM = /^gcp:.*I(?:AM|am)(Member|Binding|Policy|AuditConfig)$/;

/** Replaced in some cases alone: what to look at. Source: `CustomizeDiff` in terraform-provider-google-beta v7.45.0. */
const SOMETIMES = new Map(
  Object.entries<Record<string, string>>({
    "gcp:bigquery/table:Table": {
      schema: "replaced when a column goes or changes its type",
    },
    "gcp:compute/disk:Disk": { size: "replaced when it shrinks" },
    "gcp:compute/regionDisk:RegionDisk": { size: "replaced when it shrinks" },
    "gcp:compute/subnetwork:Subnetwork": { ipCidrRange: "replaced when the range shrinks" },
    "gcp:storage/bucket:Bucket": { "retentionPolicy.isLocked": "replaced when a locked policy is unlocked" },
  }),
);

/** Whether a change is known to replace the resource; `maybe` where the values, or what they are, are not known. */
export type Replaces = "yes" | "no" | "maybe";

/**
 * Whether a resource that names no project, region or zone of its own takes it from its provider, as far as its type
 * tells.
 */
export function takesFromProvider({ type, inputs }: GraphResource, input: string): boolean {
  if (!type.startsWith("gcp:") || inputs[input] !== undefined || IAM.test(type)) return false;
  const places = GENERATED.get(type) ?? BY_HAND.get(type);
  return places ? places.includes(input) : input === "project";
}

/** Whether a changed input forces a replacement. */
export function replaces(resource: GraphResource, change: ValueChange): Replaces {
  if (!isForced(resource, change)) return "no";
  return [change.before, change.after].some(cannotTell) ? "maybe" : "yes";
}

/** When an input that is mostly changed in place replaces the resource, as the end of a sentence. */
export function sometimesReplaces(type: string, path: string): string | undefined {
  const places = Object.entries(SOMETIMES.get(type) ?? {});
  return places.find(([place]) => covers(place, withoutEntries(path)))?.[1];
}

function cannotTell(value: GraphValue | undefined): boolean {
  return value === SECRET || (value !== undefined && markerOf(value) === "unknown");
}

function isForced({ type, options }: GraphResource, change: ValueChange): boolean {
  return isNamedChange(options.replaceOnChanges ?? [], change) || isForcedByProvider(type, change);
}

/** Whether options name a change, by the names of entries or by their places. */
export function isNamedChange(names: string[], { path, places = [] }: ValueChange): boolean {
  return [path, ...places].some((one) => isNamed(names, one));
}

/**
 * Whether options such as `ignoreChanges` name a path or what holds it. A star stands for one whole key or entry; paths
 * and names are a program's, so that no pattern may be slow.
 *
 * https://www.pulumi.com/docs/iac/concepts/options/ignorechanges/
 */
export function isNamed(names: string[], path: string): boolean {
  const pattern = names.map((name) => escaped(name).replace(STAR, "$1[^.[\\]]*")).join("|");
  return pattern !== "" && new RegExp(`^(?:${pattern})(?:$|[.[])`).test(path);
}

/** A star between dots or brackets, in an escaped name. */
const STAR = /(^|\\[.[])\\\*(?=\\[.\]]|$)/g;

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function isForcedByProvider(type: string, change: ValueChange): boolean {
  const path = withoutEntries(change.path);
  const iam = IAM.exec(type);
  if (iam) return !covers(IAM_IN_PLACE[iam[1]], path);
  const places = GENERATED.get(type) ?? BY_HAND.get(type) ?? [];
  return places.some((place) => covers(place, path)) || isForcedBlock(places, path, change);
}

/** A block that comes or goes is as forced as what it holds. */
function isForcedBlock(places: string[], path: string, { before, after }: ValueChange): boolean {
  if (before !== undefined && after !== undefined) return false;
  const block = before ?? after;
  return places.some(
    (place) =>
      place === `${path}{}` ||
      (place.startsWith(`${path}.`) &&
        holds(
          block,
          place
            .slice(path.length + 1)
            .replace("{}", "")
            .split("."),
        )),
  );
}

function holds(value: GraphValue | undefined, [key, ...rest]: string[]): boolean {
  if (key === undefined) return value !== undefined;
  if (Array.isArray(value)) return value.some((entry) => holds(entry, [key, ...rest]));
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return false;
  return holds(value[key], rest);
}

/** `disks[0].source` as `disks.source`. */
function withoutEntries(path: string): string {
  return path.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d*)\]/g, "");
}

function covers(place: string, path: string): boolean {
  return path === place || path.startsWith(`${place}.`);
}
