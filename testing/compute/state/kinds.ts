/** The collections that the fake keeps, with the descriptor's message of one resource. */
export const KINDS = {
  images: { message: "Image", kind: "compute#image", status: "READY" },
  disks: { message: "Disk", kind: "compute#disk", status: "READY" },
  instances: { message: "Instance", kind: "compute#instance", status: "RUNNING" },
  instanceTemplates: { message: "InstanceTemplate", kind: "compute#instanceTemplate", status: undefined },
  instanceGroupManagers: { message: "InstanceGroupManager", kind: "compute#instanceGroupManager", status: undefined },
  machineImages: { message: "MachineImage", kind: "compute#machineImage", status: "READY" },
} as const;
export type Kind = keyof typeof KINDS;

/** The services that read a collection: where its resources live and what the request calls one. */
export interface Reader {
  service: string;
  collection: Kind | "operations";
  scope: "global" | "zones" | "regions";
  /** The field of a get request that holds the name. */
  one: string;
  aggregated?: boolean;
}

export const READERS: Reader[] = [
  { service: "images", collection: "images", scope: "global", one: "image" },
  { service: "disks", collection: "disks", scope: "zones", one: "disk", aggregated: true },
  { service: "instances", collection: "instances", scope: "zones", one: "instance", aggregated: true },
  {
    service: "instanceTemplates",
    collection: "instanceTemplates",
    scope: "global",
    one: "instanceTemplate",
    aggregated: true,
  },
  { service: "regionInstanceTemplates", collection: "instanceTemplates", scope: "regions", one: "instanceTemplate" },
  {
    service: "instanceGroupManagers",
    collection: "instanceGroupManagers",
    scope: "zones",
    one: "instanceGroupManager",
    aggregated: true,
  },
  {
    service: "regionInstanceGroupManagers",
    collection: "instanceGroupManagers",
    scope: "regions",
    one: "instanceGroupManager",
  },
  { service: "machineImages", collection: "machineImages", scope: "global", one: "machineImage" },
  { service: "globalOperations", collection: "operations", scope: "global", one: "operation" },
  { service: "zoneOperations", collection: "operations", scope: "zones", one: "operation" },
  { service: "regionOperations", collection: "operations", scope: "regions", one: "operation" },
];
