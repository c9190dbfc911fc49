/** What of an image's address rules judge. https://pkg.go.dev/github.com/distribution/reference */
export interface ImageReference {
  /** Host of the registry, with its port; `docker.io` where the address names none. */
  registry: string;
  /** What follows the registry, without tag and digest. */
  repository: string;
  /** Whether a digest says which image it is. */
  pinned: boolean;
}

const DOCKER_HUB = "docker.io";

const DIGEST = /@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})$/;

/** Takes an address apart as Docker does: what comes before the first slash is a host only if it looks like one. */
export function imageReference(address: string): ImageReference {
  const name = address.replace(/@.*$/s, "");
  const slash = name.indexOf("/");
  const first = slash < 0 ? "" : name.slice(0, slash);
  const named = first === "localhost" || /[.:A-Z]/.test(first);
  const registry = !named || first === "index.docker.io" ? DOCKER_HUB : first.toLowerCase();
  const path = withoutTag(named ? name.slice(slash + 1) : name);
  const repository = registry === DOCKER_HUB && !path.includes("/") ? `library/${path}` : path;
  return { registry, repository, pinned: DIGEST.test(address) };
}

function withoutTag(path: string): string {
  const colon = path.indexOf(":");
  return colon < 0 ? path : path.slice(0, colon);
}
