import {
  type Policies,
  type ReportViolation,
  type ResourceValidationArgs,
  type StackValidationArgs,
} from "@pulumi/policy";
import { type Exception, EXCEPTIONS_SCHEMA, printable, quoted, verdictOn, warningsOf } from "../exceptions";
import {
  type Finding,
  looksAt,
  type PolicyResource,
  type ResourceRule,
  type Rule,
  type RuleConfig,
  type StackRule,
} from "../rule";
import { problemText, readSettings, type Settings } from "../settings";
import { unknownValue } from "./unknownValue";
import { plainInputs } from "./values";

/** Type of the resource that is the stack itself; Pulumi shows it to policies before all others. */
const STACK_TYPE = "pulumi:pulumi:Stack";

type ResourcePolicy = Extract<Policies[number], { validateResource?: unknown }>;
type Seen = Pick<ResourceValidationArgs, "type" | "urn" | "name" | "props" | "opts">;

/** The policies of a pack. */
export interface PackPolicies {
  /** Each once, in the order of the rules. */
  listed: Policies;
  /** What Pulumi runs: a rule of one type stands there twice, since Pulumi passes by a type that is not wanted fastest. */
  run: Policies;
}

/** Makes Pulumi's policies of rules. */
export function policiesOf(rules: readonly Rule[], today: string): PackPolicies {
  const exceptions = new Map<string, readonly Exception[]>();
  const settingsOf = (rule: Rule, given: RuleConfig): Settings => {
    const settings = readSettings(rule, given);
    exceptions.set(rule.id, settings.exceptions);
    return settings;
  };
  const made = rules.map((rule) =>
    "types" in rule ? ofResource(rule, settingsOf, today) : [ofStack(rule, settingsOf, today)],
  );
  const last = exceptionsPolicy(exceptions, today);
  return { listed: [...made.map(([first]) => first), last], run: [...made.flat(), last] };
}

type SettingsOf = (rule: Rule, given: RuleConfig) => Settings;

function ofResource(rule: ResourceRule, settingsOf: SettingsOf, today: string): ResourcePolicy[] {
  let sawStack = false;
  const judge = async (args: ResourceValidationArgs, report: ReportViolation) => {
    const isStack = args.type === STACK_TYPE;
    const settings = settingsOf(rule, args.getConfig<RuleConfig>());
    const problem = problemText(rule, settings);
    if (problem && (isStack || !sawStack)) report(problem, args.urn);
    sawStack ||= isStack;
    if (!looksAt(rule, args.type)) return;
    const resource = toResource(args, await plainInputs(args.props));
    tell(rule, rule.check(resource, settings.config), settings, today, [resource], report);
  };
  const validate = (args: ResourceValidationArgs, report: ReportViolation) =>
    looksAt(rule, args.type) || args.type === STACK_TYPE ? judge(args, report) : undefined;
  const policy = { ...textOf(rule), validateResource: validate };
  if (typeof rule.types === "function" || rule.types.length > 1) return [policy];
  return [STACK_TYPE, ...rule.types].map((type) => ({ ...policy, validateResource: onlyFor(type, validate) }));
}

/** Pulumi reads the type from the function, and does not even unpack resources of other types. */
function onlyFor<F extends (...args: never[]) => unknown>(type: string, validate: F): F {
  const own = (...args: Parameters<F>) => validate(...args);
  return Object.assign(own as F, { __pulumiType: type });
}

function ofStack(rule: StackRule, settingsOf: SettingsOf, today: string): Policies[number] {
  const validateStack = async (args: StackValidationArgs, report: ReportViolation) => {
    const settings = settingsOf(rule, args.getConfig<RuleConfig>());
    const problem = problemText(rule, settings);
    if (problem) report(problem, args.resources.find(({ type }) => type === STACK_TYPE)?.urn);
    const resources = await Promise.all(
      args.resources.map(async (resource) => ({
        ...toResource(resource, await plainInputs(resource.props)),
        sources: urnsOf(resource.propertyDependencies),
      })),
    );
    tell(rule, rule.checkStack(resources, settings.config), settings, today, resources, report);
  };
  return { ...textOf(rule), validateStack };
}

function textOf(rule: Rule) {
  const properties = Object.entries(rule.config?.properties ?? {});
  return {
    name: rule.id,
    description: rule.what,
    enforcementLevel: rule.level,
    severity: rule.severity,
    remediationSteps: rule.fix,
    url: rule.link,
    tags: [rule.id.split("-")[0]],
    configSchema: { properties: { ...Object.fromEntries(properties), exceptions: EXCEPTIONS_SCHEMA } } as never,
  };
}

function toResource({ type, urn, name, opts }: Seen, inputs: PolicyResource["inputs"]): PolicyResource {
  return { type, urn, name, inputs, protect: opts.protect, parent: opts.parent };
}

function urnsOf(dependencies: Record<string, readonly { urn: string }[]>): PolicyResource["sources"] {
  return Object.fromEntries(Object.entries(dependencies).map(([name, all]) => [name, all.map(({ urn }) => urn)]));
}

/** Reports violations, then says what cannot be told; exceptions silence both. */
function tell(
  rule: Rule,
  findings: Finding[],
  { exceptions }: Settings,
  today: string,
  resources: readonly PolicyResource[],
  report: ReportViolation,
): void {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const isOne = "types" in rule;
  const unknowns: string[] = [];
  for (const finding of findings) {
    const subject = byUrn.get(finding.urn ?? "") ?? (isOne ? resources[0] : stackOf(resources));
    const verdict = verdictOn(subject, exceptions, today);
    if (verdict.excused) continue;
    const path = printable(finding.path ?? "");
    if ("cannotTell" in finding) unknowns.push(isOne ? path : `${printable(subject.name)}: ${path}`);
    else report(violationText(rule, path, finding.violation, verdict.lapsed), subject.urn || undefined);
  }
  if (unknowns.length > 0) throw unknownValue(unknowns);
}

const NOTHING = { urn: "", name: "" };

/** What is about no resource is about the stack. */
function stackOf(resources: readonly PolicyResource[]): { urn: string; name: string } {
  return resources.find(({ type }) => type === STACK_TYPE) ?? NOTHING;
}

function violationText({ fix }: Rule, path: string, violation: string, lapsed: Exception | undefined): string {
  const place = path ? `${path}: ` : "";
  const over = lapsed ? ` The exception for it lapsed on ${lapsed.until} (${quoted(lapsed.reason)}).` : "";
  return `${place}${violation} ${fix}${over}`;
}

function exceptionsPolicy(exceptions: ReadonlyMap<string, readonly Exception[]>, today: string): Policies[number] {
  return {
    name: "kiln-exceptions",
    description: "Exceptions from Kiln's rules end on time, and are about resources that exist.",
    enforcementLevel: "advisory",
    severity: "low",
    validateStack: ({ resources }, report) => {
      for (const [id, ofRule] of exceptions)
        for (const { message, urn } of warningsOf(ofRule, resources, today)) report(`${id}: ${message}`, urn);
    },
  };
}
