import { inUse } from "../protocol/errors";
import type { Fields } from "../protocol/messages";
import type { NeededPermission } from "../protocol/calls";
import { compact } from "../protocol/shape";
import { linkTo, pathOf, projectOf } from "../state/links";
import { fingerprintOf, type Resource, type Store } from "../state/store";
import { imageAt } from "./families";
import { type Methods, on, type Request } from "./method";
import { scopeOf } from "./reading";
import { checkName, checkUsable } from "./rules";

/** Disks, as simple as baking needs them. */
export const disks: Methods = {
  "disks.insert": {
    needs: ({ project, diskResource }) => {
      const disk = diskResource as Fields;
      const labels = disk.labels ? on("compute.disks.setLabels")({ project }) : [];
      return [...on("compute.disks.create")({ project }), ...labels, ...useOf(disk.sourceImage, project)];
    },
    serve: (request, { store }, start) => {
      const fields = request.diskResource as Fields;
      checkName("resource.name", fields.name);
      const scope = scopeOf(request, "zones");
      const disk = addDisk(store, scope, request.project, { ...fields, name: fields.name });
      disk.status = "CREATING";
      const target = `${scope}/disks/${disk.name}`;
      const apply = () => (disk.status = "READY");
      return start({ scope, type: "insert", target, targetId: disk.id, apply, fail: () => (disk.status = "FAILED") });
    },
  },
  "disks.delete": {
    needs: on("compute.disks.delete"),
    serve: (request: Request, { store }, start) => {
      const scope = scopeOf(request, "zones");
      const target = `${scope}/disks/${String(request.disk)}`;
      const disk = store.get(target);
      const [user] = (disk.users ?? []) as string[];
      if (user) throw inUse(target, user);
      disk.status = "DELETING";
      const apply = () => store.remove(target);
      return start({ scope, type: "delete", target, targetId: disk.id, apply, fail: () => (disk.status = "READY") });
    },
  },
};

/** The permission that using an image needs, on the project that holds it. */
export function useOf(sourceImage: unknown, project: string): NeededPermission[] {
  if (typeof sourceImage !== "string" || !sourceImage) return [];
  return [{ project: projectOf(pathOf(sourceImage, project)), permission: "compute.images.useReadOnly" }];
}

/** A disk of an image remembers the image that a family stood for, and its id. */
export function addDisk(store: Store, scope: string, project: string, fields: Fields & { name: string }): Resource {
  const path = fields.sourceImage ? pathOf(fields.sourceImage as string, project) : undefined;
  const image = path ? imageAt(store, path) : undefined;
  if (image) checkUsable(image, path!);
  return store.add(
    `${scope}/disks`,
    "compute#disk",
    compact({
      sizeGb: image?.diskSizeGb ?? "10",
      zone: linkTo(scope),
      status: "READY",
      labelFingerprint: fingerprintOf(fields.labels),
      ...fields,
      sourceImage: image?.selfLink,
      sourceImageId: image?.id,
    }) as Fields & { name: string },
  );
}
