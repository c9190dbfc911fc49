import { ApiError } from "../protocol/errors";
import { cut } from "../protocol/fieldMask";
import { camelCase, type Fields, isFields } from "../protocol/messages";
import { compact } from "../protocol/shape";
import { KINDS, type Kind } from "../state/kinds";
import { lastOf } from "../state/links";
import type { Resource } from "../state/store";

/** A resource of Compute Engine and the project that holds it. */
export interface Held {
  collection: Kind;
  /** As Asset Inventory names projects: `projects/` and the number. */
  project: string;
  resource: Resource;
}

/** `compute.googleapis.com/Disk` and the like. */
export const assetTypeOf = ({ collection }: Held) => `compute.googleapis.com/${KINDS[collection].message}`;

export const assetNameOf = ({ resource }: Held) => `//compute.googleapis.com/${pathIn(resource)}`;

const pathIn = ({ selfLink }: Resource) => selfLink.slice(selfLink.indexOf("projects/"));

/** A resource as a search finds it. */
export function resultOf(held: Held): Fields {
  const { resource, project } = held;
  const place = pathIn(resource).split("/").slice(2, -2);
  return compact({
    name: assetNameOf(held),
    assetType: assetTypeOf(held),
    project,
    displayName: resource.name,
    description: resource.description,
    location: lastOf(place.join("/")),
    labels: resource.labels,
    createTime: new Date(resource.creationTimestamp).toISOString(),
    state: resource.status,
    parentFullResourceName: `//cloudresourcemanager.googleapis.com/${project}`,
    versionedResources: [{ version: "v1", resource }],
  });
}

/** The resource's own fields come only where the mask asks for them by name, or for everything. */
export function masked(result: Fields, readMask: unknown): Fields {
  const names = readMask ? (readMask as string).split(",").map(camelCase) : [];
  if (names.includes("*")) return result;
  if (names.length > 0)
    return cut(
      result,
      names.map((name) => name.split(".")),
    ) as Fields;
  return compact({ ...result, versionedResources: undefined });
}

/** `field:part` and `field=whole`, side by side or joined by AND: the part of the query language that is served. */
export function matches(result: Fields, query: string): boolean {
  const terms = query.match(/[^\s"]*(?:"[^"]*")?[^\s"]*/g)!.filter((term) => term !== "" && term !== "AND");
  return terms.every((term) => {
    const [, field, operator, value] = /^([A-Za-z.]+)([:=])"?([^"]*)"?$/.exec(term) ?? unserved(query);
    const actual = field
      .split(".")
      .reduce<unknown>((found, name) => (isFields(found) ? found[name] : undefined), result);
    if (typeof actual !== "string") return false;
    return operator === "=" ? actual === value : actual.toLowerCase().includes(value.toLowerCase());
  });
}

function unserved(query: string): never {
  throw new ApiError(501, "notImplemented", `This fake does not serve the query ${query}`);
}
