import { type Reference } from "../reference/reference";
import { type MigrationRule } from "./migrationPlan";
import { compare } from "./inventory";
import { ruleFor } from "./mapping";
import { canBeUpstream, ModeChoice, upstreamOf } from "./modes";

/** Longest id of a repository, less what is put behind it. */
const MOST_NAME = 50;

/**
 * The rules that are there, and one more for each registry that has none: a standard repository of its own, so that no
 * two images meet, and a remote one where it is known to work or was asked for.
 */
export function withDefaultRules(
  rules: readonly MigrationRule[],
  sources: readonly Reference[],
  choice: ModeChoice,
): MigrationRule[] {
  const all = [...rules];
  const taken = new Set(rules.flatMap(({ repository, remote }) => [repository, remote]));
  for (const domain of [...new Set(sources.filter((source) => !hasRule(rules, source)).map((one) => one.domain))].sort(
    compare,
  )) {
    const repository = freeName(nameOf(domain), taken);
    const isRemote =
      choice !== ModeChoice.Copy &&
      (upstreamOf(domain) !== undefined || (choice === ModeChoice.Remote && canBeUpstream(domain)));
    const remote = isRemote ? { remote: freeName(`${repository}-remote`, taken) } : {};
    all.push({ prefix: domain, repository, ...remote });
  }
  return all;
}

function hasRule(rules: readonly MigrationRule[], { domain, path }: Reference): boolean {
  return ruleFor(rules, `${domain}/${path}`) !== undefined;
}

/** A registry's host as the id of a repository: `docker-io`, `registry-k8s-io`. Several hosts may have one. */
function nameOf(domain: string): string {
  const name = domain
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const cut = (/^[a-z]/.test(name) ? name : `registry-${name}`).slice(0, MOST_NAME);
  return cut.replace(/-$/, "");
}

/** The name, or the name with the first number that makes it one of its own. */
function freeName(name: string, taken: Set<string | undefined>): string {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}-${number}`;
  taken.add(free);
  return free;
}
