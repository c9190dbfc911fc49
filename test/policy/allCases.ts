import { createRequire } from "node:module";
import { type Rule, type RuleCase, type RuleCases } from "../../policy/rule";
import { moduleOf, rules } from "../../policy/rules";

/** The five kinds of cases that every rule has. */
export const GROUPS = ["good", "bad", "unknown", "secret", "absent"] as const;
export type Group = (typeof GROUPS)[number];

/** A case, and what it has to say of a violation; nothing for groups that have none. */
export interface GroupCase extends RuleCase {
  says?: string[];
}

/** A rule with its cases, which stand beside it. */
export interface CasesOfRule {
  rule: Rule;
  cases: Record<Group, GroupCase[]>;
}

const load = createRequire(__filename);

/** Every rule with its cases. */
export const ALL_CASES: readonly CasesOfRule[] = rules.map((rule) => {
  const { cases } = load(`../../policy/${moduleOf(rule.id)}.cases`) as { cases: RuleCases };
  return { rule, cases };
});
