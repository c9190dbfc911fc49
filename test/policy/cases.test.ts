import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { domains, moduleOf, rules } from "../../policy/rules";
import { ALL_CASES, type Group, type GroupCase, GROUPS } from "./allCases";
import { EXPECTATIONS } from "./expectations";
import { judge } from "./judge";

describe("rules", () => {
  it("have names that say their domain, each once", () => {
    for (const [domain, ofDomain] of Object.entries(domains))
      for (const { id } of ofDomain) expect(id).to.match(new RegExp(`^${domain}(-[a-z0-9]+)+$`));
    expect(new Set(rules.map(({ id }) => id)).size).to.equal(rules.length);
  });

  it("stand in the file that is named after them", () => {
    for (const { id } of rules)
      for (const end of [".ts", ".cases.ts"])
        expect(existsSync(join(__dirname, "../../policy", moduleOf(id) + end)), moduleOf(id) + end).to.be.true;
  });

  it("say what, why and how in whole sentences", () => {
    for (const { id, what, why, fix, link } of rules) {
      for (const text of [what, why, fix]) expect(text, id).to.match(/^[A-Z`].*[.]$/s);
      expect(link, id).to.match(/^https:\/\/[a-z.]+\/\S+$/);
    }
  });
});

for (const { rule, cases } of ALL_CASES) describeRule(rule, cases);

function describeRule(rule: (typeof rules)[number], cases: Record<Group, GroupCase[]>): void {
  describe(`rule ${rule.id}`, () => {
    for (const group of GROUPS) {
      it(`has a case: ${group}`, () => expect(cases[group]).to.not.be.empty);
      for (const ruleCase of cases[group])
        it(`${group}: ${ruleCase.title}`, () => EXPECTATIONS[group](judge(rule, ruleCase), ruleCase));
    }
  });
}
