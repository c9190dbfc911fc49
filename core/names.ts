import { all, type Rule, shapedLike, shown } from "./rules";

/** Id of a project, with the optional domain of old ones. https://cloud.google.com/resource-manager/docs/creating-managing-projects */
export const projectId: Rule<string> = shapedLike(
  /^([a-z0-9.-]+:)?[a-z][-a-z0-9]{4,28}[a-z0-9]$/,
  "a project id: 6 to 30 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen",
);

/** Number of a project, which Google assigns when the project is created. */
export const projectNumber: Rule<string> = shapedLike(/^[1-9][0-9]{5,18}$/, "a project number such as 123456789012");

/** Id of a folder. */
export const folderId: Rule<string> = shapedLike(/^(folders\/)?[1-9][0-9]*$/, "a folder id such as 345678901234");

/** Id of an organization. */
export const organizationId: Rule<string> = shapedLike(
  /^(organizations\/)?[1-9][0-9]*$/,
  "an organization id such as 234567890123",
);

/** Folder or organization in whose Cloud Asset Inventory something is looked for. https://cloud.google.com/asset-inventory/docs/search-resources */
export const assetScope: Rule<string> = shapedLike(
  /^(folders|organizations)\/[1-9][0-9]*$/,
  "folders/N or organizations/N",
);

/** The number in `folders/N` and `organizations/N`, or what was a number already. */
export function bareNumber(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** Id of a billing account. */
export const billingAccount: Rule<string> = shapedLike(
  /^[0-9A-F]{6}(-[0-9A-F]{6}){2}$/,
  "a billing account id such as 012345-6789AB-CDEF01",
);

/** Name of a Compute Engine resource: image, image family. https://cloud.google.com/compute/docs/naming-resources */
export const computeName: Rule<string> = all(
  shapedLike(
    /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
    "lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen",
  ),
  atMost(63),
);

/** Beginning of a Compute Engine name; unlike a whole name it may end with a hyphen. */
export const computeNamePrefix: Rule<string> = all(
  shapedLike(/^[a-z][-a-z0-9]*$/, "lower-case letters, digits and hyphens, beginning with a letter"),
  atMost(62),
);

/** Region, dual-region or multi-region, in the case in which its service writes it. https://cloud.google.com/about/locations */
export const location: Rule<string> = shapedLike(
  /^([a-z]+-[a-z]+[0-9]{1,2}|us|eu|europe|asia|US|EU|ASIA|NAM4|EUR[0-9]+|ASIA1|[A-Z]+-[A-Z]+[0-9]{1,2})$/,
  "a region such as europe-west1 or a multi-region such as eu",
);

/** Region, for what cannot lie in several. https://cloud.google.com/about/locations */
export const region: Rule<string> = shapedLike(/^[a-z]+-[a-z]+[0-9]{1,2}$/, "a region such as europe-west1");

/** Notification channel of Cloud Monitoring. https://cloud.google.com/monitoring/support/notification-options */
export const notificationChannel: Rule<string> = shapedLike(
  /^projects\/[^/]+\/notificationChannels\/[^/]+$/,
  "a notification channel as projects/P/notificationChannels/N",
);

/** Name of a service in the Service Usage API. https://cloud.google.com/service-usage/docs/enabled-service */
export const apiName: Rule<string> = shapedLike(
  /^[a-z][a-z0-9-]*\.googleapis\.com$/,
  "the name of an API such as compute.googleapis.com",
);

/** Id of an Artifact Registry repository, held to what Compute Engine holds its names to. https://cloud.google.com/artifact-registry/docs/repositories/create-repos */
export const repositoryId: Rule<string> = computeName;

/** Id of a BigQuery dataset. https://cloud.google.com/bigquery/docs/datasets#dataset-naming */
export const datasetId: Rule<string> = all(
  shapedLike(/^[A-Za-z0-9_]+$/, "letters, digits and underscores"),
  atMost(1024),
);

/**
 * Name of a log sink. `_Default` and `_Required` are Google's own, which the provider would take over and rewrite.
 * https://cloud.google.com/logging/docs/reference/v2/rest/v2/projects.sinks
 */
export const sinkName: Rule<string> = all(
  shapedLike(
    /^[A-Za-z0-9][A-Za-z0-9_.-]*$/,
    "letters, digits, underscores, hyphens and periods, beginning with a letter or digit",
  ),
  atMost(100),
);

/** Name of a Cloud Storage bucket. https://cloud.google.com/storage/docs/buckets#naming */
export const bucketName: Rule<string> = all(
  shapedLike(
    /^[a-z0-9][-a-z0-9_.]*[a-z0-9]$/,
    "lower-case letters, digits, hyphens, underscores and periods, beginning and ending with a letter or digit",
  ),
  (name) =>
    name.length >= 3 && name.length <= 222 && name.split(".").every(({ length }) => length <= 63)
      ? undefined
      : `must have 3 to 63 characters, or 222 with at most 63 between its periods, got ${name.length}`,
);

/** E-mail of a service account, without the `serviceAccount:` of an IAM member. */
export const serviceAccountEmail: Rule<string> = shapedLike(
  /^[a-z0-9][-a-z0-9.]*@[a-z0-9][-a-z0-9.]*\.gserviceaccount\.com$/,
  "the e-mail of a service account such as builder@acme-images.iam.gserviceaccount.com",
);

/** Cloud KMS key. https://cloud.google.com/kms/docs/getting-resource-ids */
export const kmsKey: Rule<string> = shapedLike(
  /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/,
  "a key as projects/P/locations/L/keyRings/R/cryptoKeys/K",
);

/** Labels of a resource. https://cloud.google.com/resource-manager/docs/labels-overview */
export const labels: Rule<Record<string, unknown>> = (value) => {
  for (const [key, text] of Object.entries(value)) {
    if (!/^[a-z][a-z0-9_-]{0,62}$/.test(key))
      return `must have keys of at most 63 lower-case letters, digits, hyphens and underscores, beginning with a letter, got ${shown(key)}`;
    if (typeof text !== "string" || !/^[a-z0-9_-]{0,63}$/.test(text))
      return `must have values of at most 63 lower-case letters, digits, hyphens and underscores, got ${shown(text)} for ${key}`;
  }
  return undefined;
};

/** A key of a map from which the name of a child is made. */
export const mapKey: Rule<string> = all(
  shapedLike(
    /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
    "a key of letters, digits, hyphens, underscores and periods",
  ),
  atMost(63),
);

function atMost(most: number): Rule<string> {
  return (value) => (value.length <= most ? undefined : `must have at most ${most} characters, got ${value.length}`);
}
