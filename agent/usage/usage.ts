import { type Image } from "../../core/lifecycle/image";
import { type Usage } from "../../core/lifecycle/usage";
import { usageCollector } from "../../core/lifecycle/users";
import { type GoogleClients } from "../clients";
import { type Retry } from "../retry";
import { readAssets } from "./assets";
import { readProjects } from "./compute";

/** Where images of a project may be in use. */
export interface UsageScope {
  /** Project that holds the images. */
  project: string;
  /** Projects that use its images. */
  consumers: readonly string[];
  /** `folders/N` or `organizations/N`, all of whose projects use its images. */
  assetScope?: string;
}

/**
 * Reads who uses the images: below a folder or an organization from Cloud Asset Inventory, in the image project and in
 * consumers that are named from Compute Engine itself.
 */
export async function readUsage(
  { project, consumers, assetScope }: UsageScope,
  images: readonly Image[],
  clients: GoogleClients,
  retry: Retry,
): Promise<Usage> {
  const collector = usageCollector(project, images);
  const projects = [...new Set([project, ...consumers])];
  const unread = await readProjects(projects, clients, retry, collector);
  const below = assetScope === undefined ? [] : await readAssets(assetScope, clients, retry, collector);
  return collector.usage([...unread, ...below]);
}
