import { all, type Rule, shown, wholeBetween } from "../rules";

/** Registries that remote repositories stand in for. Others are given by their own `https://` address. */
export const RemoteUpstream = {
  /** Docker Hub. Images of its own are under `library`: REPOSITORY/library/nginx. */
  DockerHub: "DOCKER_HUB",
  /** GitHub's registry. */
  GitHub: "https://ghcr.io",
  /** Kubernetes' own images. */
  Kubernetes: "https://registry.k8s.io",
  /** Microsoft's registry. */
  Microsoft: "https://mcr.microsoft.com",
  /** Amazon's public registry. */
  PublicEcr: "https://public.ecr.aws",
  /** Red Hat's Quay. */
  Quay: "https://quay.io",
} as const;
export type RemoteUpstream = (typeof RemoteUpstream)[keyof typeof RemoteUpstream];

/** Names under which people know Docker Hub, and which do not answer as its registry. */
const DOCKER_HUB_HOSTS = [
  "docker.io",
  "index.docker.io",
  "hub.docker.com",
  "www.docker.com",
  "registry.hub.docker.com",
];

/** A rule for the upstream of a remote repository. What follows a user's name in an address is never shown. */
export const remoteUpstream: Rule<string> = (value) => {
  if (value === RemoteUpstream.DockerHub) return undefined;
  const url = typeof value === "string" && URL.canParse(value) ? new URL(value) : undefined;
  if (url && (url.username !== "" || url.password !== ""))
    return `must not hold credentials; give them in credentials, and ${url.protocol}//${url.host} here`;
  if (url?.protocol !== "https:" || url.search !== "" || url.hash !== "" || /\s/.test(value))
    return `must be RemoteUpstream.DockerHub or an address such as https://ghcr.io, got ${withoutCredentials(value)}`;
  if (DOCKER_HUB_HOSTS.includes(url.hostname))
    return `must be RemoteUpstream.DockerHub for Docker Hub, since ${url.hostname} is not the address of its registry`;
  return undefined;
};

/** The upstream of a remote repository as Artifact Registry takes it: a registry of its own choice, or an address. */
export interface RemoteSource {
  /** Docker Hub. */
  dockerRepository?: { publicRepository: string };
  /** Any other. */
  commonRepository?: { uri: string };
}

/** How Artifact Registry is told the upstream of a remote repository. */
export function remoteSource(upstream: string): RemoteSource {
  return upstream === RemoteUpstream.DockerHub
    ? { dockerRepository: { publicRepository: upstream } }
    : { commonRepository: { uri: upstream } };
}

/** A rule for the name of the user at an upstream, which is never shown. */
export const upstreamUsername: Rule<string> = (value) =>
  typeof value === "string" && /^\S+$/.test(value)
    ? undefined
    : "must be given beside passwordSecretVersion: the name of the account whose password or token the secret holds";

/** A rule for the version of the secret that holds a password. What is given may be the password itself and is never shown. */
export const passwordSecretVersion: Rule<string> = (value) =>
  typeof value === "string" && SECRET_VERSION.test(value)
    ? undefined
    : "must be a secret's version as projects/P/secrets/S/versions/V; put the password into Secret Manager and name its version here (what was given is not shown)";

const SECRET_VERSION = /^(projects\/[^/\s]+\/secrets\/[^/\s]+)\/versions\/([0-9]+|latest)$/;

/** Name of the secret of a version, as `projects/P/secrets/S`. */
export function secretOf(version: string): string {
  return readSecretVersion(version)?.secret ?? version;
}

/** The secret, as `projects/P/secrets/S`, and which of its versions a text names; nothing where it names none. */
export function readSecretVersion(text: string): { secret: string; version: string } | undefined {
  const [, secret, version] = SECRET_VERSION.exec(text) ?? [];
  return secret === undefined ? undefined : { secret, version };
}

/** A rule for the priority of an upstream of a virtual repository; the greater one is asked first. */
export const upstreamPriority: Rule<number> = wholeBetween(
  1,
  10_000,
  "(the upstream with the greater one is asked first)",
);

/** What the repositories of a registry are, as far as virtual ones depend on it. */
export interface RepositoryKinds {
  /** Keys of all repositories. */
  keys: readonly string[];
  /** Keys of those that are virtual. */
  virtual: readonly string[];
}

/** A rule for the key of an upstream of a virtual repository. */
export function upstreamKey({ keys, virtual }: RepositoryKinds): Rule<string> {
  const known = keys.filter((key) => !virtual.includes(key));
  return all(
    (value) =>
      virtual.includes(value) ? "must not be a virtual repository; name the repositories behind it instead" : undefined,
    (value) =>
      known.includes(value)
        ? undefined
        : `must be the key of another repository of this registry (${known.join(", ") || "there is none"}), got ${shown(value)}`,
  );
}

function withoutCredentials(value: unknown): string {
  return shown(typeof value === "string" ? value.replace(/^.*@/s, "…@").replace(/[?#].*$/s, "?…") : value);
}
