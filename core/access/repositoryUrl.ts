import { readRegistryName } from "../migration/names";
import { type RepositoryAddress } from "../registry/addresses";
import { shown } from "../rules";

/** The address of a repository as it was read: either it is right, or it says what is wrong. */
export type ReadRepositoryUrl =
  { address: RepositoryAddress; problem?: undefined } | { address?: undefined; problem: string };

/** Reads what images of a repository are pulled from, such as `europe-west1-docker.pkg.dev/acme-containers/docker-hub`. */
export function readRepositoryUrl(url: string): ReadRepositoryUrl {
  const { name } = readRegistryName(`${url}/image`);
  // What stands behind the repository belongs to names of images.
  if (name?.path !== "image")
    return {
      problem: `must be a repository such as europe-west1-docker.pkg.dev/acme-containers/docker-hub, got ${shown(url)}`,
    };
  const { location, project, repositoryId } = name;
  return { address: { location, project, repositoryId } };
}
