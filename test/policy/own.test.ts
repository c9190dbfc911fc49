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

const SHOP = "The shop's cluster belongs to another team and still runs as its default account; it only reads images.";
const CACHE = "What a cache of another registry holds can be pulled again; Kiln has no policy for caches yet.";

/** What our own programs may do, by rule and logical name, each with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "iam-default-service-accounts, registry-all/runtime-shop-gke": SHOP,
  "iam-default-service-accounts, registry-docker-hub/runtime-shop-gke": SHOP,
  "iam-default-service-accounts, registry-quay/runtime-shop-gke": SHOP,
  "iam-default-service-accounts, registry-releases/runtime-shop-gke": SHOP,
  "iam-default-service-accounts, registry-snapshots/runtime-shop-gke": SHOP,
  "containers-cleanup-policy, registry-docker-hub": CACHE,
  "containers-cleanup-policy, registry-quay": CACHE,
  "containers-immutable-tags, registry-snapshots": "Tags of snapshots move with their branches.",
  "logs-registry-audit, registry-all":
    "Audit logs of a project are turned on where the project is, not with a registry.",
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
function toPolicyResource({ type, urn, name, inputs, outputs, protect, parent }: GraphResource): PolicyResource {
  return { type, urn, name, inputs: { ...toInputs(inputs), ...toInputs(outputs ?? {}) }, protect, parent };
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
