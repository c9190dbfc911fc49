import { readReference, repositoryOf } from "../reference/reference";
import { type Rule, shapedLike, shown } from "../rules";

/** A rule for what the names of a rule's images begin with. */
export const prefixRule: Rule<string> = (value) => {
  if (typeof value !== "string") return `must be text, got ${shown(value)}`;
  // A further part tells a host apart from the first part of a name on Docker Hub.
  const { reference } = readReference(`${value}/name/name`);
  if (reference && `${value}/name/name` === repositoryOf(reference)) return undefined;
  return `must be a registry, or a registry and the beginning of a name up to a slash, such as docker.io or ghcr.io/acme, got ${shown(value)}`;
};

/** A rule for parts of a name that stand before others. */
export const pathRule: Rule<string> = (value) => {
  const { reference } = readReference(`docker.io/name/${typeof value === "string" ? value : "?"}`);
  return reference?.path === `name/${value}`
    ? undefined
    : `must be parts of a name such as mirror/hub: lower-case letters and digits, joined by single periods, one or two underscores, or hyphens, between slashes, got ${shown(value)}`;
};

/** A rule for the digest of an image. */
export const digestRule: Rule<string> = (value) => {
  const { problem } = readReference(`docker.io/name@${typeof value === "string" ? value : ""}`);
  return problem === undefined ? undefined : `${problem.replace(" after the @", "")}, got ${shown(value)}`;
};

const platform: Rule<string> = shapedLike(
  /^[a-z0-9_]{1,32}\/[a-z0-9_]{1,32}(\/[a-z0-9_.]{1,32})?$/,
  "a platform such as linux/amd64 or linux/arm/v7",
);

/** A rule for the platforms that are copied. */
export const platforms: Rule<string[]> = (value) => {
  if (!Array.isArray(value) || value.length === 0)
    return `must be a list such as ["linux/amd64"], or be left out for all platforms, got ${shown(value)}`;
  const wrong = value.map(platform).find((problem) => problem !== undefined);
  if (wrong !== undefined) return `must have entries each of which ${wrong}`;
  return new Set(value).size === value.length ? undefined : `must have each platform once, got ${shown(value)}`;
};

/** A rule for a list of names. */
export const sources: Rule<string[]> = (value) =>
  Array.isArray(value) && value.every((one) => typeof one === "string")
    ? undefined
    : `must be a list of sources, got ${shown(value)}`;

/** A rule for a time. https://www.rfc-editor.org/rfc/rfc3339 */
export const timestamp: Rule<string> = shapedLike(
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/,
  'a time such as "2025-03-01T12:00:00Z"',
);
