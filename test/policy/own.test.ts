import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type GraphValue, type GraphResource, previewOffline, readAnswers } from "../../preview";
import { markerOf } from "../../preview/graphValue";
import { type Finding, looksAt, type PolicyResource, type Rule } from "../../policy/rule";
import { rules } from "../../policy/rules";
import { type Inputs, UNKNOWN, type Value } from "../../policy/value";
import { defaultsOf } from "./judge";

const ROOT = join(__dirname, "../..");

/** What our own programs may do, by rule and logical name, each with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "images-lifecycle-controller, base-policy": "The example shows an adopted project; lifecycle shows the controller.",
  "images-lifecycle-controller, web-policy": "The example shows sharing alone; lifecycle shows the controller.",
  "logs-registry-audit, registry-all": "The example shows a registry alone; audit logs belong to its project.",
};

/** Projects whose mistakes are what they show. */
const DELIBERATE = ["examples/pull-request"];

const PROJECTS = [
  ".",
  ...readdirSync(join(ROOT, "examples"))
    .map((example) => `examples/${example}`)
    .filter((path) => existsSync(join(ROOT, path, "Pulumi.yaml")) && !DELIBERATE.includes(path)),
];

describe("our own programs", () => {
  const used = new Set<string>();

  for (const project of PROJECTS)
    it(`${project} violates no rule`, async () => {
      const directory = join(ROOT, project);
      const answers = existsSync(join(directory, "answers.json"))
        ? readAnswers(join(directory, "answers.json"))
        : undefined;
      const { resources } = await previewOffline({ directory, answers });
      const seen = resources.map(toPolicyResource);
      expect(seen).to.not.be.empty;
      const found = rules.flatMap((rule) => violationsOf(rule, seen));
      const isExcepted = ({ key }: Violation) => Object.hasOwn(EXCEPTIONS, key);
      found.filter(isExcepted).forEach(({ key }) => used.add(key));
      expect(found.filter((violation) => !isExcepted(violation))).to.deep.equal([]);
    });

  it("need every exception", () => expect([...used].sort()).to.deep.equal(Object.keys(EXCEPTIONS).sort()));
});

interface Violation {
  /** Rule and logical name. */
  key: string;
  text: string;
}

function violationsOf(rule: Rule, resources: PolicyResource[]): Violation[] {
  if (rule.level === "disabled") return [];
  const names = new Map(resources.map(({ urn, name }) => [urn, name]));
  return findingsOf(rule, resources).flatMap((finding) => {
    if (!("violation" in finding)) return [];
    const key = `${rule.id}, ${names.get(finding.urn ?? "") ?? ""}`;
    return [{ key, text: `${finding.path ?? ""} ${finding.violation}` }];
  });
}

function findingsOf(rule: Rule, resources: PolicyResource[]): Finding[] {
  const config = defaultsOf(rule);
  if ("checkStack" in rule) return rule.checkStack(resources, config);
  return resources
    .filter(({ type }) => looksAt(rule, type))
    .flatMap((resource) => rule.check(resource, config).map((finding) => ({ ...finding, urn: resource.urn })));
}

/** What the engine shows to the rules of a stack: what a component registered, and what others were given. */
function toPolicyResource(resource: GraphResource): PolicyResource {
  const { type, urn, name, inputs, outputs, protect, parent, propertyDependencies: sources } = resource;
  return { type, urn, name, inputs: { ...toInputs(inputs), ...toInputs(outputs ?? {}) }, protect, parent, sources };
}

function toInputs(values: Record<string, GraphValue>): Inputs {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toValue(value)]));
}

function toValue(value: GraphValue): Value {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(toValue);
  const [[, marked] = []] = Object.entries(value);
  const marker = markerOf(value);
  if (marker === "unknown") return UNKNOWN;
  return marker === "asset" ? toValue(marked as GraphValue) : toInputs(value);
}
