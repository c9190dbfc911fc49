import { projectId, repositoryId as repositoryIdRule } from "../names";
import { registryLocation, type RepositoryAddress } from "../registry/addresses";
import { canonicalName, readReference, type Reference, versionOf } from "../reference/reference";
import { shown } from "../rules";

/** The tag that is meant where neither tag nor digest stand. */
const LATEST = "latest";

/** The name by which a plan knows an image: whole, and with `:latest` written. */
export function sourceName(reference: Reference): string {
  return canonicalName(withVersion(reference));
}

/** The same with the tag that is meant where none is written. */
export function withVersion(reference: Reference): Reference {
  return versionOf(reference) === "" ? { ...reference, tag: LATEST } : reference;
}

/** A name in Artifact Registry, taken apart. https://cloud.google.com/artifact-registry/docs/docker/names */
export interface RegistryName extends RepositoryAddress {
  /** What follows the repository, without tag and digest. */
  path: string;
  tag?: string;
  digest?: string;
}

/** Either it is right, or it says what is wrong. */
export type ReadRegistryName = { name: RegistryName; problem?: undefined } | { name?: undefined; problem: string };

const EXAMPLE = "europe-west1-docker.pkg.dev/acme-images/docker-io/library/nginx:1.25";

/** Takes the name of an image in Artifact Registry apart. */
export function readRegistryName(text: string): ReadRegistryName {
  const { reference, problem } = readReference(text);
  if (!reference) return { problem: `${problem}, got ${shown(text)}` };
  const location = /^(.+)-docker\.pkg\.dev$/.exec(reference.domain)?.[1];
  if (location === undefined || registryLocation(location) !== undefined)
    return { problem: `must be a name in Artifact Registry such as ${EXAMPLE}, got ${shown(text)}` };
  const { project, repositoryId, path } = splitPath(reference.path);
  if (repositoryId === undefined || path === "")
    return { problem: `must have project, repository and name as ${EXAMPLE} has, got ${shown(text)}` };
  const wrong = projectId(project) ?? repositoryIdRule(repositoryId);
  if (wrong !== undefined) return { problem: `${wrong}, in ${shown(text)}` };
  const { tag, digest } = reference;
  return { name: { location, project, repositoryId, path, tag, digest } };
}

/** The project of a domain, example.com:images, takes two parts of the path. */
function splitPath(path: string): { project: string; repositoryId: string | undefined; path: string } {
  const parts = path.split("/");
  const isOfDomain = parts[0].includes(".");
  const project = parts.splice(0, isOfDomain ? 2 : 1).join(":");
  const [repositoryId, ...rest] = parts;
  return { project, repositoryId, path: rest.join("/") };
}
