import { groupUseOf, usesOf, type UsingResource } from "../../core/lifecycle/resourceUses";
import { pathOfLink, type UsageCollector } from "../../core/lifecycle/users";
import { type GoogleClients } from "../clients";
import { failureOf } from "../failure";
import { everyPage } from "../pages";
import { type Retry } from "../retry";
import { plainOf } from "./struct";

/** All kinds of resources that are made from images, as one regular expression; it matches the regional kinds as well. */
const ASSET_TYPES = [
  "compute.googleapis.com/(Region)?(Disk|Instance|InstanceTemplate|InstanceGroupManager|MachineImage)",
];
/** The source image is in the resource itself, which has to be asked for. */
const READ_MASK = { paths: ["name", "assetType", "versionedResources"] };
/** The most that Cloud Asset Inventory gives. */
const PAGE = 500;

/**
 * Reads who uses images below a folder or an organization, by one query of Cloud Asset Inventory. The inventory follows
 * the services by minutes. https://cloud.google.com/asset-inventory/docs/reference/rest/v1/TopLevel/searchAllResources
 */
export async function readAssets(
  scope: string,
  clients: GoogleClients,
  retry: Retry,
  collector: UsageCollector,
): Promise<string[]> {
  const silent = new Map<string, number>();
  try {
    const found = await everyPage(async (pageToken) => {
      const request = { scope, assetTypes: ASSET_TYPES, readMask: READ_MASK, pageSize: PAGE, pageToken };
      const [items, next] = await clients.assets.searchAllResources(request, { autoPaginate: false });
      const following = (next as { pageToken?: string } | null)?.pageToken;
      return { items: items.map(partOf), ...(following ? { next: following } : {}) };
    }, retry);
    for (const { type, path, resource } of found)
      if (resource) add(resource, path, collector);
      else silent.set(type, (silent.get(type) ?? 0) + 1);
  } catch (error) {
    return [`all projects below ${scope}: ${whatToDo(error, scope)}`];
  }
  return [...silent].map(
    ([type, count]) => `${count} of ${type} below ${scope}, whose content the inventory does not tell`,
  );
}

/** What is kept of an asset: inventories are long. */
function partOf({ name, assetType, versionedResources }: Asset): Part {
  const resource = versionedResources?.find((version) => version.resource)?.resource;
  return {
    type: assetType ?? "",
    path: pathOfLink(name ?? ""),
    resource: resource && plainOf(resource),
  };
}

interface Asset {
  name?: string | null;
  assetType?: string | null;
  versionedResources?: { resource?: object | null }[] | null;
}

interface Part {
  type: string;
  path: string;
  resource: UsingResource | null | undefined;
}

function add(resource: UsingResource, path: string, collector: UsageCollector): void {
  for (const use of usesOf(resource, path)) collector.add(use);
  const group = groupUseOf(resource, path);
  if (group) collector.addGroup(group);
}

function whatToDo(error: unknown, scope: string): string {
  const { status, message } = failureOf(error);
  if (status !== 403) return message;
  return `cloudasset.assets.searchAllResources is missing: give the controller roles/cloudasset.viewer on ${scope}, and switch cloudasset.googleapis.com on in its own project (${message})`;
}
