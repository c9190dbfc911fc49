import { invalid } from "../protocol/errors";
import type { Fields } from "../protocol/messages";
import { linkTo, pathOf } from "../state/links";
import { fingerprintOf, type Resource, type Store } from "../state/store";
import { addDisk, useOf } from "./disks";
import { type Methods, on, type Request, type Start } from "./method";
import { scopeOf } from "./reading";
import { checkName } from "./rules";

/** What a request may hold, and the permission that it costs besides compute.instances.create. */
const EXTRAS: Record<string, string> = {
  labels: "compute.instances.setLabels",
  metadata: "compute.instances.setMetadata",
  tags: "compute.instances.setTags",
  serviceAccounts: "compute.instances.setServiceAccount",
};

/** Instances, as simple as baking needs them: nothing boots, what a build would do is for the test's listener. */
export const instances: Methods = {
  "instances.insert": {
    needs: ({ project, instanceResource }) => {
      const instance = instanceResource as Fields;
      const extras = Object.keys(EXTRAS).filter((name) => instance[name] !== undefined);
      const made = disksOf(instance).flatMap(({ initializeParams }) => (initializeParams ? [initializeParams] : []));
      return [
        ...on("compute.instances.create", ...extras.map((name) => EXTRAS[name]))({ project }),
        ...(made.length > 0 ? on("compute.disks.create")({ project }) : []),
        ...(instance.networkInterfaces ? on("compute.subnetworks.use")({ project }) : []),
        ...made.flatMap(({ sourceImage }) => useOf(sourceImage, project)),
      ];
    },
    serve: insert,
  },
  "instances.stop": {
    needs: on("compute.instances.stop"),
    serve: (request, { store }, start) =>
      change(request, store, start, "stop", (instance) => (instance.status = "TERMINATED")),
  },
  "instances.delete": {
    needs: on("compute.instances.delete"),
    serve: (request, { store }, start) =>
      change(request, store, start, "delete", (instance, path) => {
        store.remove(path);
        for (const { source, autoDelete } of disksOf(instance)) release(store, request, instance, source, autoDelete);
      }),
  },
};

interface AttachedDisk extends Fields {
  source?: string;
  boot?: boolean;
  autoDelete?: boolean;
  initializeParams?: Fields;
}

const disksOf = (instance: Fields) => (instance.disks ?? []) as AttachedDisk[];

function insert(request: Request, { store }: { store: Store }, start: Start): Fields {
  const fields = request.instanceResource as Fields;
  checkName("resource.name", fields.name);
  if (!fields.machineType) throw invalid("resource.machineType", fields.machineType, "It is required.");
  const scope = scopeOf(request, "zones");
  const target = `${scope}/instances/${fields.name}`;
  const instance = store.add(`${scope}/instances`, "compute#instance", {
    ...fields,
    name: fields.name,
    zone: linkTo(scope),
    status: "PROVISIONING",
    labelFingerprint: fingerprintOf(fields.labels),
  });
  try {
    instance.disks = disksOf(fields).map((disk, index) => attach(store, request, instance, disk, index));
  } catch (error) {
    store.remove(target);
    throw error;
  }
  const apply = () => (instance.status = "RUNNING");
  return start({ scope, type: "insert", target, targetId: instance.id, apply, fail: () => store.remove(target) });
}

function attach(store: Store, request: Request, instance: Resource, disk: AttachedDisk, index: number): AttachedDisk {
  const { initializeParams, ...rest } = disk;
  const scope = scopeOf(request, "zones");
  const { sourceImage, diskSizeGb } = initializeParams ?? {};
  const name = (initializeParams?.diskName as string) || (index === 0 ? instance.name : `${instance.name}-${index}`);
  const made = initializeParams && { name, sourceImage, ...(diskSizeGb ? { sizeGb: diskSizeGb } : {}) };
  const found = made
    ? addDisk(store, scope, request.project, made)
    : store.get(pathOf(String(disk.source), request.project));
  found.users = [...((found.users ?? []) as string[]), instance.selfLink];
  return { ...rest, source: found.selfLink, index, kind: "compute#attachedDisk" };
}

function release(store: Store, request: Request, instance: Resource, source = "", autoDelete = false): void {
  const path = pathOf(source, request.project);
  const disk = store.find(path);
  if (disk) disk.users = ((disk.users ?? []) as string[]).filter((user) => user !== instance.selfLink);
  if (autoDelete) store.remove(path);
}

function change(
  request: Request,
  store: Store,
  start: Start,
  type: string,
  apply: (instance: Resource, path: string) => void,
): Fields {
  const scope = scopeOf(request, "zones");
  const target = `${scope}/instances/${String(request.instance)}`;
  const instance = store.get(target);
  const before = instance.status;
  instance.status = "STOPPING";
  const fail = () => (instance.status = before);
  return start({ scope, type, target, targetId: instance.id, apply: () => apply(instance, target), fail });
}
