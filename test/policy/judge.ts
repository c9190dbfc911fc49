import {
  type CaseResource,
  type Finding,
  looksAt,
  type PolicyResource,
  type Rule,
  type RuleCase,
  type RuleConfig,
} from "../../policy/rule";
import { type Inputs, UNKNOWN, type Value } from "../../policy/value";

/** Runs a case through a rule's function, as Pulumi would: secrets in plain text, defaults of the configuration filled in. */
export function judge(rule: Rule, { resources, config }: RuleCase): Finding[] {
  const seen = resources.map(toPolicyResource);
  const merged = { ...defaultsOf(rule), ...config };
  if ("checkStack" in rule) return rule.checkStack(seen, merged);
  return seen.filter(({ type }) => looksAt(rule, type)).flatMap((resource) => rule.check(resource, merged));
}

/** Defaults of a rule's configuration. */
export function defaultsOf(rule: Rule): RuleConfig {
  const properties = Object.entries(rule.config?.properties ?? {});
  return Object.fromEntries(properties.map(([name, property]) => [name, property.default]));
}

/** A case's resource as a rule sees it. */
export function toPolicyResource(resource: CaseResource): PolicyResource {
  const { type, name = "it", inputs, protect = false, parent } = resource;
  return {
    type,
    urn: urnOf(type, name),
    name,
    inputs: plain(inputs) as Inputs,
    protect,
    parent,
    sources: urnsOf(resource),
  };
}

/** URNs of the resources from whose outputs the inputs of a case's resource are made, by input. */
export function urnsOf({ sources = {} }: CaseResource): Record<string, string[]> {
  const named = Object.entries(sources).map(([input, all]) => [input, all.map(({ type, name }) => urnOf(type, name))]);
  return Object.fromEntries(named) as Record<string, string[]>;
}

/** URN of a case's resource. */
export function urnOf(type: string, name = "it"): string {
  return `urn:pulumi:dev::cases::${type}::${name}`;
}

/** What stands under the only key of a case's special value: `$secret` or `$asset`; undefined where the value is none. */
export function markedAs(value: Value, marker: "$secret" | "$asset"): Value {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject && Object.hasOwn(value, marker) ? value[marker] : undefined;
}

function plain(value: Value): Value {
  const marked = markedAs(value, "$secret") ?? markedAs(value, "$asset");
  if (marked !== undefined) return plain(marked);
  if (value === UNKNOWN || value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
}
