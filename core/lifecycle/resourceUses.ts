import { type GroupUse, type ImageUse, pathOfLink } from "./users";

/** What the extraction reads of a resource of Compute Engine, by the API's own field names; all of it may be missing. */
export interface UsingResource {
  selfLink?: string | null;
  /** Of disks. */
  sourceImage?: string | null;
  sourceImageId?: string | number | Long | null;
  /** Instances that a disk is attached to. */
  users?: string[] | null;
  /** Of instances. */
  disks?: UsingDisk[] | null;
  /** Of instance templates. */
  properties?: { disks?: UsingDisk[] | null } | null;
  sourceInstanceParams?: { diskConfigs?: { customImage?: string | null }[] | null } | null;
  /** Of machine images. */
  instanceProperties?: { disks?: UsingDisk[] | null } | null;
  /** Of managed instance groups. */
  instanceTemplate?: string | null;
  versions?: { instanceTemplate?: string | null }[] | null;
}

/** A disk that an instance has or will have. */
export interface UsingDisk {
  initializeParams?: { sourceImage?: string | null } | null;
}

/** A 64-bit number as the client may give it. */
interface Long {
  toString(): string;
}

/**
 * The images that a disk, an instance, an instance template or a machine image was made from, or will make disks from.
 * https://cloud.google.com/compute/docs/reference/rest/v1/disks
 *
 * @param path path of the resource, where it does not tell its own link.
 */
export function usesOf(resource: UsingResource, path = pathOfLink(resource.selfLink ?? "")): ImageUse[] {
  const { sourceImage, sourceImageId, users, disks, properties, instanceProperties, sourceInstanceParams } = resource;
  const attached = users?.[0] ? ` of ${pathOfLink(users[0])}` : "";
  const id = sourceImageId === undefined || sourceImageId === null ? "" : String(sourceImageId);
  const own: ImageUse[] = sourceImage
    ? [{ user: `${path}${attached}`, image: sourceImage, ...(id === "" || id === "0" ? {} : { imageId: id }) }]
    : [];
  const made = [disks, properties?.disks, instanceProperties?.disks].flatMap((list) =>
    (list ?? []).map(({ initializeParams }) => initializeParams?.sourceImage),
  );
  const custom = (sourceInstanceParams?.diskConfigs ?? []).map(({ customImage }) => customImage);
  const links = new Set([...made, ...custom].filter((link): link is string => !!link));
  return [...own, ...[...links].map((image) => ({ user: path, image }))];
}

/** The templates that a managed instance group makes its instances from; nothing for other resources. */
export function groupUseOf(
  { selfLink, instanceTemplate, versions }: UsingResource,
  path = pathOfLink(selfLink ?? ""),
): GroupUse | undefined {
  const links = [instanceTemplate, ...(versions ?? []).map((version) => version.instanceTemplate)];
  const templates = [...new Set(links.filter((link): link is string => !!link))];
  return templates.length > 0 ? { user: path, templates } : undefined;
}
