import { type FieldProblem } from "../documents/fields";
import { shown } from "../rules";
import { type MigrationPlanDocument, type MigrationRule } from "./migrationPlan";

/** What is wrong between the rules of a plan. */
export function ruleProblems({ spec: { rules } }: MigrationPlanDocument): FieldProblem[] {
  const prefixes = new Map<string, number>();
  const uses = repositoryUses(rules);
  return rules.flatMap((rule, index) => {
    const problems: FieldProblem[] = [];
    const add = (field: string, message: string) =>
      problems.push({ path: ["spec", "rules", String(index), field], message });
    const before = prefixes.get(rule.prefix);
    if (before === undefined) prefixes.set(rule.prefix, index);
    else add("prefix", `${shown(rule.prefix)} has a rule already, spec.rules.${before}: take one of them away`);
    const message = remoteProblem(rule, uses);
    if (message !== undefined) add("remote", message);
    return problems;
  });
}

interface RepositoryUses {
  standard: Set<string>;
  /** The first registry that a remote repository stands in for. */
  remote: Map<string, string>;
}

function repositoryUses(rules: MigrationRule[]): RepositoryUses {
  const remote = new Map<string, string>();
  for (const rule of rules)
    if (rule.remote !== undefined && !remote.has(rule.remote)) remote.set(rule.remote, registryOf(rule));
  return { standard: new Set(rules.map(({ repository }) => repository)), remote };
}

function registryOf({ prefix }: MigrationRule): string {
  return prefix.split("/")[0];
}

/** A remote repository has one upstream, and nothing can be pushed to it. */
function remoteProblem(rule: MigrationRule, { standard, remote }: RepositoryUses): string | undefined {
  if (rule.remote === undefined) return undefined;
  if (standard.has(rule.remote))
    return `must not be a repository that images are copied into, since nothing can be pushed to a remote one: name another, such as ${shown(`${rule.remote}-remote`)}`;
  const upstream = remote.get(rule.remote);
  if (upstream !== registryOf(rule))
    return `must be another repository than ${shown(rule.remote)}, which stands in for ${upstream}: a remote repository has one upstream`;
  return undefined;
}
