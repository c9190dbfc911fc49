import { type Rule, shapedLike } from "../rules";

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
