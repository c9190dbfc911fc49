import { expect } from "chai";
import fc from "fast-check";
import { type Finding, looksAt, type PolicyResource, type Rule, type RuleConfig } from "../../policy/rule";
import { readSettings } from "../../policy/settings";
import { type Inputs, UNKNOWN, type Value } from "../../policy/value";
import { ALL_CASES, type CasesOfRule, GROUPS } from "./allCases";
import { defaultsOf, toPolicyResource } from "./judge";

/** Values that no schema would let through, but a program, a file or another provider might send. */
const HOSTILE: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(undefined, null, true, 0, -1, NaN, 1e308, "", "\u0000", "\u202e[31m", "__proto__", UNKNOWN),
  fc.constantFrom<Value>([], {}, [[]], [null], [UNKNOWN], { length: 1 }, { $secret: 1 }, { toString: 1 }, deep(10_000)),
  fc.constantFrom<Value>("a".repeat(100_000), "/".repeat(10_000), "-20270101".repeat(5_000), "{".repeat(10_000)),
  fc.constantFrom<Value>(own("__proto__", { polluted: true }), own("constructor", []), own("hasOwnProperty", 1)),
  fc.constantFrom<Value>("null", "[]", "{}", '{"bindings":1}', '{"bindings":[null,1,{}]}', '{"kind":"FamilyPolicy"}'),
  fc.jsonValue() as fc.Arbitrary<Value>,
);

function deep(levels: number): Value {
  let value: Value = "bottom";
  for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { a: value };
  // fast-check shows counterexamples by walking down.
  return Object.assign(value as object, { [fc.toStringMethod]: () => `${levels} levels` });
}

function own(key: string, value: Value): Inputs {
  return Object.fromEntries([[key, value]]);
}

/** A case's resources with one part of one of them replaced. */
function mutated({ rule, cases }: CasesOfRule): fc.Arbitrary<{ resources: PolicyResource[]; config: RuleConfig }> {
  const all = GROUPS.flatMap((group) => cases[group]);
  const parts = all.flatMap(({ resources, config }) => {
    const seen = resources.map(toPolicyResource);
    return seen.flatMap(({ inputs }, place) =>
      [[], ...pathsOf(inputs)].map((path) => ({ seen, config: { ...defaultsOf(rule), ...config }, place, path })),
    );
  });
  return fc.tuple(fc.constantFrom(...parts), HOSTILE).map(([{ seen, config, place, path }, value]) => ({
    config,
    resources: seen.map((resource, at) =>
      at === place ? { ...resource, inputs: asInputs(replaced(resource.inputs, path, value)) } : resource,
    ),
  }));
}

function asInputs(value: Value): Inputs {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

function pathsOf(value: Value): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [[key], ...pathsOf(part).map((path) => [key, ...path])]);
}

function replaced(value: Value, [key, ...rest]: string[], part: Value): Value {
  if (key === undefined) return part;
  if (Array.isArray(value))
    return value.map((item, place) => (String(place) === key ? replaced(item, rest, part) : item));
  const object = value as Inputs;
  return { ...object, [key]: replaced(object[key], rest, part) };
}

function findingsOf(rule: Rule, resources: PolicyResource[], config: RuleConfig): Finding[] {
  if ("checkStack" in rule) return rule.checkStack(resources, config);
  return resources.filter(({ type }) => looksAt(rule, type)).flatMap((resource) => rule.check(resource, config));
}

describe("rules with hostile inputs", () => {
  for (const both of ALL_CASES) {
    const { rule } = both;

    it(`${rule.id} answers whatever stands in an input`, () => {
      fc.assert(
        fc.property(mutated(both), ({ resources, config }) => {
          for (const finding of findingsOf(rule, resources, config)) {
            expect("violation" in finding ? finding.violation : finding.cannotTell).to.be.ok;
            expect(`${finding.path} ${"violation" in finding ? finding.violation : ""}`.length).to.be.lessThan(2_000);
          }
        }),
        { numRuns: 300 },
      );
    });

    it(`${rule.id} answers whatever its configuration is`, () => {
      const names = Object.keys(rule.config?.properties ?? {});
      const config = fc.record(Object.fromEntries(names.map((name) => [name, HOSTILE])));
      const known = GROUPS.flatMap((group) => both.cases[group]).map(({ resources }) =>
        resources.map(toPolicyResource),
      );
      fc.assert(
        fc.property(fc.constantFrom(...known), config, (resources, given) => {
          expect(findingsOf(rule, resources, readSettings(rule, given).config)).to.be.an("array");
        }),
        { numRuns: 100 },
      );
    });
  }

  it("leave every object's prototype alone", () => {
    expect("polluted" in {}).to.equal(false);
  });
});
