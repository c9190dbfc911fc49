import {
  type AnalyzerInfo,
  EnforcementLevel as LevelNumber,
  type PolicyConfig,
  type PolicyInfo as PolicyMessage,
  PolicySeverity as SeverityNumber,
  PolicyType,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { compareText } from "../graph";
import { fromStruct } from "../monitor/wire";
import { type PolicySetting } from "./configFile";
import { type EnforcementLevel, type PolicyInfo, type PolicySeverity } from "./results";

/** What a pack says of itself. */
export interface PackInfo {
  name: string;
  version: string;
  /** Whether its policies can be set from outside. */
  supportsConfig: boolean;
  /** By name. */
  policies: PolicyDefinition[];
  /** Settings that the pack's own program makes. */
  initial: Map<string, PolicySetting>;
}

/** A policy with what may be configured. */
export interface PolicyDefinition extends PolicyInfo {
  /** JSON Schema of its values. */
  schema?: { properties: Record<string, unknown>; required: string[] };
}

/** Pulumi's words by the numbers of the protocol. */
const LEVELS: Record<LevelNumber, EnforcementLevel> = {
  [LevelNumber.ADVISORY]: "advisory",
  [LevelNumber.MANDATORY]: "mandatory",
  [LevelNumber.DISABLED]: "disabled",
  [LevelNumber.REMEDIATE]: "remediate",
};

const SEVERITIES: Partial<Record<SeverityNumber, PolicySeverity>> = {
  [SeverityNumber.POLICY_SEVERITY_LOW]: "low",
  [SeverityNumber.POLICY_SEVERITY_MEDIUM]: "medium",
  [SeverityNumber.POLICY_SEVERITY_HIGH]: "high",
  [SeverityNumber.POLICY_SEVERITY_CRITICAL]: "critical",
};

/** Longest text of a pack that is kept; a page of advice has less. */
export const MAX_TEXT = 8 * 1024;

/** The level of a message; a number of a newer protocol counts as advisory. */
export function levelOf(number: LevelNumber): EnforcementLevel {
  return (LEVELS as Partial<typeof LEVELS>)[number] ?? "advisory";
}

/** The number of a level. */
export function levelNumber(level: EnforcementLevel): LevelNumber {
  return Number(Object.entries(LEVELS).find(([, known]) => known === level)?.[0]);
}

/** How grave, where it is said. */
export function severityOf(number: SeverityNumber): { severity?: PolicySeverity } {
  const severity = SEVERITIES[number];
  return severity ? { severity } : {};
}

/** The beginning of a text that is too long. */
export function cut(text: string, limit = MAX_TEXT): string {
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}

/** Reads what a pack says of itself; the version of PulumiPolicy.yaml counts more. */
export function packInfo(message: AnalyzerInfo, version: string | undefined): PackInfo {
  const initial = new Map<string, PolicySetting>();
  message.getInitialconfigMap().forEach((config, name) => initial.set(name, initialSetting(config)));
  return {
    name: cut(message.getName(), 100),
    version: cut(version ?? message.getVersion(), 100),
    supportsConfig: message.getSupportsconfig(),
    policies: message
      .getPoliciesList()
      .map(policyInfo)
      .sort((a, b) => compareText(a.name, b.name)),
    initial,
  };
}

function policyInfo(message: PolicyMessage): PolicyDefinition {
  const schema = message.getConfigschema();
  const steps = message.getRemediationSteps();
  return {
    name: cut(message.getName(), 200),
    description: cut(message.getDescription()),
    level: levelOf(message.getEnforcementlevel()),
    ...severityOf(message.getSeverity()),
    type: message.getPolicyType() === PolicyType.POLICY_TYPE_STACK ? "stack" : "resource",
    ...(message.getUrl() ? { url: cut(message.getUrl()) } : {}),
    ...(steps ? { remediationSteps: cut(steps) } : {}),
    ...(schema
      ? { schema: { properties: fromStruct(schema.getProperties()), required: schema.getRequiredList() } }
      : {}),
  };
}

/** As in Pulumi, which cannot tell a level that is not said from an advisory one. */
function initialSetting(config: PolicyConfig): PolicySetting {
  return { level: levelOf(config.getEnforcementlevel()), properties: fromStruct(config.getProperties()) };
}
