import { projectId, repositoryId } from "../names";
import { type Rule, shapedLike, shown } from "../rules";

/** A rule for where Artifact Registry has repositories. https://cloud.google.com/artifact-registry/docs/repositories/repo-locations */
export const registryLocation: Rule<string> = shapedLike(
  /^([a-z]+-[a-z]+[0-9]{1,2}|us|europe|asia)$/,
  "a region such as europe-west1, or us, europe or asia",
);

/** Where a repository is. */
export interface RepositoryAddress {
  /** Region or multi-region. */
  location: string;
  /** Id of its project. */
  project: string;
  /** Its own id. */
  repositoryId: string;
}

/** What images of a repository are pushed to and pulled from. https://cloud.google.com/artifact-registry/docs/docker/names */
export function repositoryUrl({ location, project, repositoryId }: RepositoryAddress): string {
  // The project of a domain, example.com:images, is a part of the path here.
  return `${location}-docker.pkg.dev/${project.replace(":", "/")}/${repositoryId}`;
}

/** The repository that an address of Artifact Registry names; nothing where it is no such address. */
export function readRepositoryUrl(url: string): RepositoryAddress | undefined {
  const [host = "", ...path] = url.split("/");
  const location = host.endsWith(HOST) ? host.slice(0, -HOST.length) : "";
  const repository = path.pop() ?? "";
  const address = { location, project: path.join(":"), repositoryId: repository };
  const isAddress = path.length <= 2 && !path.join("").includes(":");
  const problems = [registryLocation(location), projectId(address.project), repositoryId(repository)];
  return isAddress && problems.every((problem) => problem === undefined) ? address : undefined;
}

/** A rule for the address of a repository. */
export const repositoryAddress: Rule<string> = (value) =>
  typeof value === "string" && readRepositoryUrl(value)
    ? undefined
    : `must be a repository of Artifact Registry as LOCATION-docker.pkg.dev/PROJECT/REPOSITORY, got ${shown(value)}`;

const HOST = "-docker.pkg.dev";

/** How Artifact Registry itself names a repository. */
export function repositoryName({ location, project, repositoryId }: RepositoryAddress): string {
  return `projects/${project}/locations/${location}/repositories/${repositoryId}`;
}

/** A rule for the customer key of repositories, which Cloud KMS must hold where they are. https://cloud.google.com/artifact-registry/docs/cmek */
export const keyLocation: Rule<{ kmsKey: string; location: string }> = ({ kmsKey, location }) => {
  const held = kmsKey.split("/")[3];
  return held === location
    ? undefined
    : `must be held where the repositories are, in ${location}, got one in ${held}; make a key ring there`;
};
