/**
 * The name of an image, taken apart as Docker and containerd do. Where both a tag and a digest stand, the digest says
 * which image it is. https://pkg.go.dev/github.com/distribution/reference
 */
export interface Reference {
  /** Host of the registry as it is written, with its port; `docker.io` where the name has none. */
  domain: string;
  /** What follows the registry, such as `library/nginx`. */
  path: string;
  /** Without it and without a digest, `latest` is meant. */
  tag?: string;
  /** Algorithm and hexadecimal digits, such as `sha256:…`. */
  digest?: string;
}

/** A name as it was read: either it is right, or it says what is wrong. */
export type ReadReference = { reference: Reference; problem?: undefined } | { reference?: undefined; problem: string };

/** What a name without a host means. */
export const DOCKER_HUB = "docker.io";

/** Docker Hub's first name, which still means it. */
const LEGACY_DOCKER_HUB = "index.docker.io";

/** Where Docker Hub holds the images of a single name. */
const OFFICIAL = "library/";

/** Longest path of an image, in characters. */
const MOST_PATH = 255;

/** Digits of each registered algorithm. https://github.com/opencontainers/image-spec/blob/main/descriptor.md#registered-algorithms */
const DIGEST_DIGITS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128, blake3: 64 };

const LABEL = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const DOMAIN = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const PATH = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const ID = /^[a-f0-9]{64}$/;

/** Longer texts are no names of images, and are not looked at. */
const MOST_CHARACTERS = 1024;

/** The parts of the grammar, for those who read names in another language. */
export const GRAMMAR = {
  domain: DOMAIN.source,
  path: PATH.source,
  tag: TAG.source,
  id: ID.source,
  digestDigits: DIGEST_DIGITS,
  legacyDockerHub: LEGACY_DOCKER_HUB,
  official: OFFICIAL,
  mostPath: MOST_PATH,
  mostCharacters: MOST_CHARACTERS,
} as const;

/** Takes a name apart; what it leaves out, host and `library/`, is filled in. */
export function readReference(text: string): ReadReference {
  if (text.length > MOST_CHARACTERS) return { problem: `must have at most ${MOST_CHARACTERS} characters` };
  if (ID.test(text)) return { problem: "must be a name; 64 hexadecimal digits are the id of an image on one machine" };
  const at = text.indexOf("@");
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const { domain, rest } = splitDomain(at < 0 ? text : text.slice(0, at));
  const colon = rest.indexOf(":");
  const tag = colon < 0 ? undefined : rest.slice(colon + 1);
  const reference: Reference = { domain, path: colon < 0 ? rest : rest.slice(0, colon) };
  if (tag !== undefined) reference.tag = tag;
  if (digest !== undefined) reference.digest = digest;
  const problem = problemOf(reference);
  return problem === undefined ? { reference } : { problem };
}

/** The whole name, with host and `library/`: the same for all names of one image. */
export function canonicalName(reference: Reference): string {
  return `${repositoryOf(reference)}${versionOf(reference)}`;
}

/** Host and path, without tag and digest. */
export function repositoryOf({ domain, path }: Reference): string {
  return `${domain}/${path}`;
}

/** The name as people write it: Docker Hub's without its host, and its own images without `library/`. */
export function familiarName(reference: Reference): string {
  return `${familiarRepository(reference)}${versionOf(reference)}`;
}

/** What would be read as a host of its own keeps Docker Hub's before it. */
function familiarRepository({ domain, path }: Reference): string {
  const isSame = (name: string) => {
    const { domain: host, rest } = splitDomain(name);
    return host === domain && rest === path;
  };
  return [path.startsWith(OFFICIAL) ? path.slice(OFFICIAL.length) : path, path].find(isSame) ?? `${domain}/${path}`;
}

/** Tag and digest, with what stands before each. */
export function versionOf({ tag, digest }: Pick<Reference, "tag" | "digest">): string {
  return `${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}

function splitDomain(name: string): { domain: string; rest: string } {
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(0, slash));
  const isNamed = first === "localhost" || /[.:]/.test(first) || first !== first.toLowerCase();
  const domain = !isNamed || first === LEGACY_DOCKER_HUB ? DOCKER_HUB : first;
  const rest = isNamed ? name.slice(slash + 1) : name;
  return { domain, rest: domain === DOCKER_HUB && !rest.includes("/") ? `${OFFICIAL}${rest}` : rest };
}

function problemOf({ domain, path, tag, digest }: Reference): string | undefined {
  if (!DOMAIN.test(domain)) return "must begin with a registry such as ghcr.io or localhost:5000, or with none";
  if (path !== path.toLowerCase()) return "must be in lower case between registry and tag";
  if (!PATH.test(path))
    return "must be lower-case letters and digits, joined by single periods, one or two underscores, or hyphens, between slashes";
  if (path.length > MOST_PATH) return `must have at most ${MOST_PATH} characters between registry and tag`;
  if (tag !== undefined && !TAG.test(tag))
    return "must have a tag of at most 128 letters, digits, underscores, periods and hyphens, which begins with none of the last two";
  return digest === undefined ? undefined : digestProblem(digest);
}

function digestProblem(digest: string): string | undefined {
  const [algorithm, digits, ...more] = digest.split(":");
  const length = Object.hasOwn(DIGEST_DIGITS, algorithm) ? DIGEST_DIGITS[algorithm] : undefined;
  if (length === undefined || digits === undefined || more.length > 0)
    return `must have a digest of ${Object.keys(DIGEST_DIGITS).join(", ")} after the @, such as sha256:…`;
  if (digits.length !== length || !/^[a-f0-9]*$/.test(digits))
    return `must have ${length} hexadecimal digits in lower case after @${algorithm}:`;
  return undefined;
}
