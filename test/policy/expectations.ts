import { expect } from "chai";
import { type Finding } from "../../policy/rule";
import { type Group, type GroupCase } from "./allCases";

const SECRET = "hunter2";

const violations = (findings: Finding[]) => findings.flatMap((finding) => ("violation" in finding ? [finding] : []));
const unknowns = (findings: Finding[]) => findings.filter((finding) => "cannotTell" in finding);
const textOf = (finding: Finding) => `${finding.path ?? ""} ${"violation" in finding ? finding.violation : ""}`;

/** What the findings of a case of each group have to be. */
export const EXPECTATIONS: Record<Group, (findings: Finding[], ruleCase: GroupCase) => void> = {
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

/** The violations are those that the case names, in order. */
function expectSaid(findings: Finding[], says: string[]): void {
  const said = violations(findings).map(textOf);
  expect(said, "violations").to.have.length(says.length);
  says.forEach((part, place) => expect(said[place]).to.include(part));
}
