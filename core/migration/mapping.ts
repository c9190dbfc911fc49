import { readReference, type Reference, repositoryOf, versionOf } from "../reference/reference";
import { repositoryUrl } from "../registry/addresses";
import { type MigrationPlace, MigrationMode, type MigrationRule, type PlannedImage } from "./migrationPlan";
import { readRegistryName } from "./names";

/** What maps images into Artifact Registry. */
export interface Mapping {
  destination: MigrationPlace;
  rules: readonly MigrationRule[];
}

/** Where an image goes, or why it has no place. */
export type Destination = { destination: string; problem?: undefined } | { destination?: undefined; problem: string };

/** The rule for an image: of those that fit, the one with the longest prefix. */
export function ruleFor(rules: readonly MigrationRule[], repository: string): MigrationRule | undefined {
  const fitting = rules.filter(({ prefix }) => repository === prefix || repository.startsWith(`${prefix}/`));
  return fitting.reduce<MigrationRule | undefined>(
    (best, rule) => (best && best.prefix.length >= rule.prefix.length ? best : rule),
    undefined,
  );
}

/** Where the rules put an image, with the tag and digest that it has. */
export function destinationOf({ destination, rules }: Mapping, source: Reference, mode: MigrationMode): Destination {
  const repository = repositoryOf(source);
  const rule = ruleFor(rules, repository);
  if (!rule) return { problem: `no rule has a prefix that ${repository} begins with: write one for ${source.domain}` };
  const path = mode === MigrationMode.Copy ? copiedPath(rule, repository) : remotePath(rule, source);
  if (path === undefined)
    return {
      problem:
        mode === MigrationMode.Copy
          ? `the rule for ${rule.prefix} needs a path, since its prefix is the whole name`
          : `the rule for ${rule.prefix} names no remote repository: write remote, or mode ${MigrationMode.Copy}`,
    };
  const whole = `${repositoryUrl({ ...destination, repositoryId: "" })}${path}${versionOf(source)}`;
  const { problem } = readRegistryName(whole);
  return problem === undefined ? { destination: whole } : { problem };
}

function copiedPath({ prefix, repository, path }: MigrationRule, name: string): string | undefined {
  const rest = name.slice(prefix.length + 1);
  const parts = [path, rest].filter((part) => part !== undefined && part !== "");
  return parts.length === 0 ? undefined : [repository, ...parts].join("/");
}

function remotePath({ remote }: MigrationRule, { path }: Reference): string | undefined {
  return remote === undefined ? undefined : `${remote}/${path}`;
}

/** What the way back needs: the rules, and the images that may have places of their own. */
export interface PlannedMapping extends Mapping {
  images: readonly Pick<PlannedImage, "source" | "destination">[];
}

/**
 * The image that a name in Artifact Registry stands for, with the tag and digest of that name; nothing where it stands
 * for none or for several.
 */
export function sourceOf(plan: PlannedMapping, name: Reference): string | undefined {
  const repository = repositoryOf(name);
  const planned = new Set<string>();
  for (const { source, destination } of plan.images)
    if (repositoryIn(destination) === repository) planned.add(repositoryIn(source) ?? "");
  const sources = planned.size > 0 ? planned : new Set(sourcesByRules(plan, name));
  const [source] = sources;
  return sources.size === 1 ? `${source}${versionOf(name)}` : undefined;
}

function repositoryIn(name: string): string | undefined {
  const { reference } = readReference(name);
  return reference && repositoryOf(reference);
}

/** Images that the rules put there. */
function sourcesByRules(mapping: Mapping, name: Reference): string[] {
  const base = repositoryUrl({ ...mapping.destination, repositoryId: "" });
  const repository = repositoryOf(name);
  if (!repository.startsWith(base)) return [];
  const rest = repository.slice(base.length);
  return mapping.rules
    .flatMap((rule) => [copiedFrom(rule, rest), remoteFrom(rule, rest)])
    .filter((source) => {
      const { reference } = readReference(source ?? "");
      return (
        reference &&
        repositoryOf(reference) === source &&
        Object.values(MigrationMode).some((mode) => destinationOf(mapping, reference, mode).destination === repository)
      );
    }) as string[];
}

function copiedFrom({ prefix, repository, path }: MigrationRule, rest: string): string | undefined {
  const base = [repository, path].filter(Boolean).join("/");
  if (rest === base) return prefix;
  return rest.startsWith(`${base}/`) ? `${prefix}/${rest.slice(base.length + 1)}` : undefined;
}

function remoteFrom({ prefix, remote }: MigrationRule, rest: string): string | undefined {
  if (remote === undefined || !rest.startsWith(`${remote}/`)) return undefined;
  return `${prefix.split("/")[0]}/${rest.slice(remote.length + 1)}`;
}
