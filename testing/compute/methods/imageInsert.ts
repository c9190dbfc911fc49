import { ApiError, invalid, notReady } from "../protocol/errors";
import type { Fields } from "../protocol/messages";
import type { NeededPermission } from "../protocol/calls";
import { compact } from "../protocol/shape";
import { pathOf, projectOf } from "../state/links";
import { fingerprintOf, type Resource } from "../state/store";
import { imageAt } from "./families";
import type { Method, Request, World } from "./method";
import { checkName, checkUsable } from "./rules";

/** What an image can be made from, and the permission to read it. */
const SOURCES: Record<string, string | undefined> = {
  sourceImage: "compute.images.useReadOnly",
  sourceDisk: "compute.disks.useReadOnly",
  sourceSnapshot: "compute.snapshots.useReadOnly",
  rawDisk: undefined,
};

/** What an image takes over from the image that it is copied from. Labels and family are not among it. */
const INHERITED = ["diskSizeGb", "archiveSizeBytes", "architecture", "licenses", "licenseCodes", "guestOsFeatures"];

/** Copies an image, or makes one of a disk or a raw file: PENDING until its operation ends. */
export const imageInsert: Method = {
  needs: ({ project, imageResource }) => {
    const image = imageResource as Fields;
    const needed: NeededPermission[] = [{ project, permission: "compute.images.create" }];
    if (image.labels) needed.push({ project, permission: "compute.images.setLabels" });
    for (const [field, permission] of Object.entries(SOURCES))
      if (permission && typeof image[field] === "string")
        needed.push({ project: projectOf(pathOf(image[field], project)), permission });
    return needed;
  },
  serve: (request, world, start) => {
    const { project } = request;
    const fields = request.imageResource as Fields;
    checkName("resource.name", fields.name);
    const path = `projects/${project}/global/images/${fields.name}`;
    const source = sourceOf(request, world);
    const image = world.store.add(`projects/${project}/global/images`, "compute#image", {
      ...source,
      ...fields,
      name: fields.name,
      sourceType: "RAW",
      status: "PENDING",
      labelFingerprint: fingerprintOf(fields.labels),
    });
    return start({
      scope: `projects/${project}/global`,
      type: "insert",
      target: path,
      targetId: image.id,
      apply: () => (image.status = "READY"),
      fail: () => (image.status = "FAILED"),
    });
  },
};

function sourceOf(request: Request, world: World): Fields {
  const fields = request.imageResource as Fields;
  const named = Object.keys(SOURCES).filter((name) => fields[name] !== undefined);
  if (named.length !== 1)
    throw invalid("resource", named.join(", "), `Exactly one of ${Object.keys(SOURCES).join(", ")} is needed.`);
  if (named[0] === "rawDisk") return { diskSizeGb: "10", ...rawSource(fields.rawDisk as Fields) };
  const path = pathOf(String(fields[named[0]]), request.project);
  if (named[0] === "sourceImage") return fromImage(imageAt(world.store, path), path);
  if (named[0] === "sourceDisk") return fromDisk(world.store.get(path), path, request.forceCreate === true);
  throw new ApiError(501, "notImplemented", "This fake keeps no snapshots");
}

function rawSource(raw: Fields): Fields {
  if (!raw.source) throw invalid("resource.rawDisk.source", raw.source, "It is required.");
  return { archiveSizeBytes: "1073741824" };
}

function fromImage(source: Resource, path: string): Fields {
  if (source.status !== "READY") throw notReady(path);
  checkUsable(source, path);
  const inherited = INHERITED.map((name) => [name, source[name]]);
  return compact({ ...(Object.fromEntries(inherited) as Fields), sourceImageId: source.id });
}

function fromDisk(disk: Resource, path: string, force: boolean): Fields {
  if (disk.status !== "READY") throw notReady(path);
  const users = (disk.users ?? []) as string[];
  if (users.length > 0 && !force)
    throw new ApiError(400, "resourceInUseByAnotherResource", `The disk '${path}' is in use by '${users[0]}'`);
  const { sizeGb, architecture, licenses } = disk;
  return compact({ diskSizeGb: sizeGb, architecture, licenses, sourceDiskId: disk.id });
}
