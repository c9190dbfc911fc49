import { EnforcementLevel, PolicySeverity } from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import { type Finding, type Rule, type RuleCase } from "../../policy/rule";
import { rules } from "../../policy/rules";
import { ALL_CASES, GROUPS } from "./allCases";
import { Analyzer, type Diagnostic, LEVELS, PACK, settingsOf } from "./analyzer";
import { EXPECTATIONS } from "./expectations";

const SEVERITIES = {
  low: PolicySeverity.POLICY_SEVERITY_LOW,
  medium: PolicySeverity.POLICY_SEVERITY_MEDIUM,
  high: PolicySeverity.POLICY_SEVERITY_HIGH,
  critical: PolicySeverity.POLICY_SEVERITY_CRITICAL,
};

const OWN_LEVELS = { ...LEVELS, disabled: EnforcementLevel.DISABLED };

describe("the pack in Pulumi's runner", () => {
  let analyzer: Analyzer;
  before(async () => {
    analyzer = await Analyzer.start(PACK);
  });
  after(() => analyzer.stop());

  it("names every rule once, with its level, severity, fix and link", async () => {
    const { name, policiesList } = await analyzer.info();
    expect(name).to.equal("kiln");
    expect(policiesList.map((policy) => policy.name)).to.deep.equal([...rules.map(({ id }) => id), "kiln-exceptions"]);
    for (const [place, { level, severity, fix, link, what }] of rules.entries())
      expect(policiesList[place]).to.include({
        enforcementlevel: OWN_LEVELS[level],
        severity: SEVERITIES[severity],
        remediationSteps: fix,
        url: link,
        description: what,
      });
  });

  for (const { rule, cases } of ALL_CASES)
    for (const group of GROUPS)
      for (const ruleCase of cases[group])
        it(`${rule.id}, ${group}: ${ruleCase.title}`, async () => {
          const said = await ask(analyzer, rule, ruleCase);
          EXPECTATIONS[group](
            said.map((diagnostic) => toFinding(rule, diagnostic)),
            ruleCase,
          );
        });
});

/** What the rule alone says of a case. */
async function ask(analyzer: Analyzer, rule: Rule, { resources, config }: RuleCase): Promise<Diagnostic[]> {
  await analyzer.configure(settingsOf(rule, config));
  const said =
    "checkStack" in rule
      ? await analyzer.analyzeStack(resources)
      : (await Promise.all(resources.map((resource) => analyzer.analyze(resource)))).flat();
  return said.filter(({ policyname }) => policyname === rule.id);
}

/** Reads a diagnostic back into the finding that it came from. */
function toFinding(rule: Rule, { message, enforcementlevel, severity }: Diagnostic): Finding {
  expect(severity).to.equal(SEVERITIES[rule.severity]);
  const unknown =
    /^can't run policy '(.*)' from policy pack 'kiln@v.*' during preview: string value at \.(.+) can't/.exec(message);
  if (unknown) {
    expect(unknown[1]).to.equal(rule.id);
    expect(enforcementlevel).to.equal(EnforcementLevel.ADVISORY);
    return { path: unknown[2], cannotTell: true };
  }
  expect(enforcementlevel).to.equal(LEVELS[rule.level]);
  const [description, text] = message.split(/\n(.*)/s);
  expect(description).to.equal(rule.what);
  expect(text).to.include(rule.fix);
  const [, path, violation] = /^(?:(\S+): )?(.*)$/s.exec(text) ?? [];
  return { path, violation };
}
