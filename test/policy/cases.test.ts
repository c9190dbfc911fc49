import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type Finding } from "../../policy/rule";
import { domains, moduleOf, rules } from "../../policy/rules";
import { ALL_CASES, type Group, type GroupCase, GROUPS } from "./allCases";
import { judge } from "./judge";

const SECRET = "hunter2";

const violations = (findings: Finding[]) => findings.flatMap((finding) => ("violation" in finding ? [finding] : []));
const unknowns = (findings: Finding[]) => findings.filter((finding) => "cannotTell" in finding);
const textOf = (finding: Finding) => `${finding.path ?? ""} ${"violation" in finding ? finding.violation : ""}`;

/** The violations of a case are those that it names, in order. */
function expectSaid(findings: Finding[], says: string[]): void {
  const said = violations(findings).map(textOf);
  expect(said, "number of violations").to.have.length(says.length);
  says.forEach((part, place) => expect(said[place]).to.include(part));
}

/** What the findings of a case of each group have to be. */
const EXPECTATIONS: Record<Group, (findings: Finding[], ruleCase: GroupCase) => void> = {
  good: (findings) => expect(findings).to.deep.equal([]),
  bad: (findings, { says = [] }) => expectSaid(findings, says),
  unknown: (findings) => {
    expect(unknowns(findings), "what it cannot tell").to.not.be.empty;
    expect(violations(findings)).to.deep.equal([]);
  },
  secret: (findings, { resources }) => {
    expect(JSON.stringify(resources), "the case").to.include(SECRET);
    for (const finding of findings) expect(textOf(finding)).to.not.include(SECRET);
  },
  absent: (findings, { says = [] }) => expectSaid(findings, says),
};

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
