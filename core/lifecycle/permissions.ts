/** What the use of images is read from, in the image project and in those that use its images. */
const USAGE = [
  "compute.disks.list",
  "compute.instanceGroupManagers.list",
  "compute.instances.list",
  "compute.instanceTemplates.list",
  "compute.machineImages.list",
] as const;

/** What the lifecycle agent calls in the image project. https://cloud.google.com/compute/docs/reference/rest/v1/images */
export const IMAGE_PROJECT_PERMISSIONS: readonly string[] = [
  "compute.globalOperations.get",
  "compute.images.delete",
  "compute.images.deprecate",
  "compute.images.get",
  "compute.images.list",
  ...USAGE,
];

/** What it calls in each project that uses the images. */
export const CONSUMER_PERMISSIONS: readonly string[] = USAGE;

/** What it calls on a folder or an organization. https://cloud.google.com/asset-inventory/docs/access-control */
export const ASSET_SCOPE_PERMISSIONS: readonly string[] = ["cloudasset.assets.searchAllResources"];

/** What it needs in the image project besides to ask Cloud Asset Inventory, whose quota is counted there. */
export const ASSET_QUOTA_PERMISSIONS: readonly string[] = ["serviceusage.services.use"];

/** What it reads in the bucket: policies, its lease, the reports of earlier runs. */
export const BUCKET_READ_PERMISSIONS: readonly string[] = ["storage.objects.get", "storage.objects.list"];

/** What it writes below {@link WRITTEN_PREFIX}; to replace an object is to delete it. */
export const BUCKET_WRITE_PERMISSIONS: readonly string[] = ["storage.objects.create", "storage.objects.delete"];

/** Where in the bucket it writes: it can change neither a policy nor its own program. */
export const WRITTEN_PREFIX = "lifecycle/";
