import { DOCKER_HUB, type Reference } from "../reference/reference";
import { RemoteUpstream } from "../registry/upstreams";
import { MigrationMode, type MigrationRule } from "./migrationPlan";

/** What is asked for all images. */
export const ModeChoice = {
  /** For each image what suits it. */
  Auto: "auto",
  /** All are copied. */
  Copy: "copy",
  /** All are pulled through remote repositories. */
  Remote: "remote",
} as const;
export type ModeChoice = (typeof ModeChoice)[keyof typeof ModeChoice];

/** A mode, and why. */
export interface ChosenMode {
  mode: MigrationMode;
  reason: string;
}

/** Whether an image is copied or pulled through a remote repository. */
export function chooseMode(source: Reference, rule: MigrationRule | undefined, choice: ModeChoice): ChosenMode {
  if (rule?.mode !== undefined) return { mode: rule.mode, reason: `the rule for ${rule.prefix} says so` };
  if (choice === ModeChoice.Copy) return { mode: MigrationMode.Copy, reason: "all images are copied" };
  if (rule?.remote === undefined)
    return { mode: MigrationMode.Copy, reason: `${versionReason(source)}${withoutRemote(source)}` };
  if (choice === ModeChoice.Remote) return { mode: MigrationMode.Remote, reason: throughRemote(source) };
  if (isMoving(source))
    return { mode: MigrationMode.Remote, reason: `${versionReason(source)}, and a remote repository follows it` };
  return { mode: MigrationMode.Copy, reason: versionReason(source) };
}

/** Tags without a digit, such as `latest`, `stable` and `alpine`, name another image every few weeks. */
export function isMoving({ tag, digest }: Reference): boolean {
  return digest === undefined && !/\d/.test(tag ?? "");
}

function versionReason(source: Reference): string {
  if (source.digest !== undefined && source.tag === undefined)
    return "pinned by digest alone: its copy has no tag, and cleanup of untagged images would delete it";
  if (source.digest !== undefined) return "pinned by digest, which a copy keeps when upstream deletes it";
  return isMoving(source)
    ? `the tag ${source.tag} moves`
    : `the tag ${source.tag} names a version, which a copy keeps when upstream deletes it`;
}

function withoutRemote(source: Reference): string {
  return isMoving(source) ? `, but no remote repository is known for ${source.domain}: copy it again to follow it` : "";
}

function throughRemote({ domain }: Reference): string {
  const needs = upstreamOf(domain) === undefined ? "; it may need credentials" : "";
  return `a remote repository stands in for ${domain}${needs}`;
}

/** Registries that everybody may read from, and that remote repositories are known to work with. */
const UPSTREAMS: Readonly<Record<string, RemoteUpstream>> = {
  [DOCKER_HUB]: RemoteUpstream.DockerHub,
  ...Object.fromEntries(
    Object.values(RemoteUpstream)
      .filter((upstream) => upstream !== RemoteUpstream.DockerHub)
      .map((upstream) => [new URL(upstream).host, upstream]),
  ),
};

/** The upstream that stands for a registry, where it is one of those known. */
export function upstreamOf(domain: string): RemoteUpstream | undefined {
  return Object.hasOwn(UPSTREAMS, domain) ? UPSTREAMS[domain] : undefined;
}

/** Whether a remote repository can stand in for a registry: it needs a public name and `https`. */
export function canBeUpstream(domain: string): boolean {
  return /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*(:443)?$/.test(domain);
}
