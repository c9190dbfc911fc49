import { location } from "../names";
import { all, type Rule, shapedLike, shown } from "../rules";

const API_SUFFIX = ".googleapis.com";

/**
 * What Kiln's components need in the image project wherever they are used. Each is there for a reason; what only some
 * factories use (bigquery, cloudkms, containerscanning, logging, secretmanager) is asked for by name.
 */
export const BASE_APIS: readonly string[] = [
  // Images, families, build instances.
  "compute.googleapis.com",
  // Repositories of ContainerRegistry.
  "artifactregistry.googleapis.com",
  // Build accounts, and the default accounts that lose their Editor grant.
  "iam.googleapis.com",
  // Grants on the project, and its number.
  "cloudresourcemanager.googleapis.com",
  // Creates service agents; turns on the other APIs when the deployer's quota is this project's.
  "serviceusage.googleapis.com",
  // The bucket of policies, recipes and logs.
  "storage.googleapis.com",
];

/** The base set and what was asked for on top of it, each once, in alphabetical order. */
export function allApis(asked: readonly string[]): string[] {
  return [...new Set([...BASE_APIS, ...asked])].sort();
}

/** What an API is called in the names of children and the keys of outputs: `compute` for `compute.googleapis.com`. */
export function shortName(api: string): string {
  return api.slice(0, -API_SUFFIX.length);
}

/** Name of a project's bucket: `<project>-kiln`, with hyphens for what only the ids of domain-scoped projects hold. */
export function defaultBucketName(projectId: string): string {
  return `${projectId.replace(/[:.]/g, "-")}-kiln`;
}

/** A rule for the name that {@link defaultBucketName} makes. https://cloud.google.com/storage/docs/buckets#naming */
export const derivedBucketName: Rule<string> = (name) =>
  name.length <= 63 && !/^goog|google/.test(name)
    ? undefined
    : `must be set, since ${shown(name)}, which the project's id gives, is no bucket name: at most 63 characters, without "google"`;

/** Where the bucket is. Cloud Storage has no `europe`, which is Artifact Registry's name. https://cloud.google.com/storage/docs/locations */
export const bucketLocation: Rule<string> = all(location, (value) =>
  value === "europe"
    ? 'must be a location of Cloud Storage, whose multi-region in Europe is "EU", got "europe"'
    : undefined,
);

/** Name of a project for people. https://cloud.google.com/resource-manager/reference/rest/v1/projects#Project */
export const displayName: Rule<string> = shapedLike(
  /^[A-Za-z0-9'"!\- ]{4,30}$/,
  "4 to 30 letters, digits, spaces, hyphens, quotes and exclamation marks",
);

/** The name for people of a project that was given none: its id, without the domain. */
export function defaultDisplayName(projectId: string): string {
  return projectId.slice(projectId.indexOf(":") + 1);
}

/** Where a project is created, as its resource takes it. */
export interface ProjectParent {
  /** Id of the folder. */
  folderId?: unknown;
  /** Id of the organization. */
  organizationId?: unknown;
}

/** A rule that a project is created in one place. */
export const oneParent: Rule<ProjectParent> = ({ folderId, organizationId }) => {
  if (folderId !== undefined && organizationId !== undefined)
    return "must have folderId or organizationId, got both; the folder is enough, since it lies in the organization";
  if (folderId === undefined && organizationId === undefined)
    return "must have folderId or organizationId, got neither; leave create out to adopt a project that exists";
  return undefined;
};
