import type { Inputs } from "./value";

/** How grave a violation is, in the words of Pulumi's policies. */
export type Severity = "low" | "medium" | "high" | "critical";

/** What a rule does by default: stop the deployment, tell, or nothing until it is configured. */
export type Level = "mandatory" | "advisory" | "disabled";

/** A resource as a rule sees it. */
export interface PolicyResource {
  /** Type token, such as `gcp:storage/bucket:Bucket`. */
  type: string;
  urn: string;
  /** Logical name. */
  name: string;
  /** A rule of one resource sees its inputs; a rule of the stack sees outputs where Pulumi knows them. */
  inputs: Inputs;
  /** Whether the option `protect` is on. */
  protect: boolean;
  /** URN. */
  parent?: string;
  /** URNs of those from whose outputs an input was made, by input; a rule of one resource is not told. */
  sources?: Readonly<Record<string, readonly string[]>>;
}

/**
 * What a rule found. No message quotes an input: Pulumi hands policies secrets as plain text, so that any value may be
 * one. Types, logical names and paths of inputs are never secret.
 */
export type Finding =
  | {
      /** Path of the input that is wrong or missing, such as `dockerConfig.immutableTags`. */
      path?: string;
      /** One sentence that says what is wrong. The rule's {@link RuleText.fix} follows it. */
      violation: string;
      /** Resource that a finding of the stack is about. */
      urn?: string;
    }
  | {
      /** Path of the input on which the answer depends. */
      path: string;
      /** The answer depends on what a preview does not know. */
      cannotTell: true;
      /** Resource that a finding of the stack is about. */
      urn?: string;
    };

/** What a rule is told by its configuration: its defaults, overridden by the user's values. */
export type RuleConfig = Record<string, unknown>;

interface RuleText {
  /** Name of the policy: `domain-what`, in lower case with hyphens, such as `containers-immutable-tags`. */
  id: string;
  /** One sentence: what is required. */
  what: string;
  /** Why it is required: what goes wrong otherwise. Two or three sentences. */
  why: string;
  /** What to write instead; one sentence that names inputs. */
  fix: string;
  severity: Severity;
  level: Level;
  /** Page of Google's or Pulumi's that the rule rests on. */
  link: string;
  /** Checkov's checks that ask the same, such as `CKV_GCP_84`. */
  checkov?: readonly string[];
  /** JSON Schema of the rule's own configuration, with a description and a default for each. */
  config?: { properties: Record<string, ConfigProperty> };
}

/** One value that a user may configure. */
export interface ConfigProperty {
  type: "string" | "number" | "integer" | "boolean" | "array";
  items?: { type: "string"; pattern?: string };
  description: string;
  default: unknown;
}

/** A rule that looks at one resource at a time. */
export interface ResourceRule extends RuleText {
  /** Types that it looks at, or which types of all it looks at. */
  types: readonly string[] | ((type: string) => boolean);
  check(resource: PolicyResource, config: RuleConfig): Finding[];
}

/** A rule that looks at all resources of a stack together. */
export interface StackRule extends RuleText {
  checkStack(resources: readonly PolicyResource[], config: RuleConfig): Finding[];
}

export type Rule = ResourceRule | StackRule;

/** Whether a rule looks at resources of a type. */
export function looksAt({ types }: ResourceRule, type: string): boolean {
  return typeof types === "function" ? types(type) : types.includes(type);
}

/** A resource of a case; what is left out does not matter to the rule. */
export interface CaseResource {
  type: string;
  /** @default "it" */
  name?: string;
  /** Values, {@link UNKNOWN}, and secrets as `secretValue("…")`. */
  inputs: Inputs;
  protect?: boolean;
  parent?: string;
  /** Types and names of the resources from whose outputs an input was made, by input. */
  sources?: Record<string, { type: string; name: string }[]>;
}

/** One situation that a rule judges: a resource, or a stack of several. */
export interface RuleCase {
  /** What is special, in a few words. */
  title: string;
  resources: CaseResource[];
  config?: RuleConfig;
}

/** A case that the rule objects to. */
export interface BadCase extends RuleCase {
  /** Part of a message that it gives, for each finding in order. */
  says: string[];
}

/**
 * What proves a rule: they are run through its function and through Pulumi's policy runner, and the first good and bad
 * one stand on its page.
 */
export interface RuleCases {
  good: RuleCase[];
  bad: BadCase[];
  /** The rule cannot tell. */
  unknown: RuleCase[];
  /** A violation, or none, whose messages must not hold the text `hunter2` that is secret here. */
  secret: RuleCase[];
  /** The input is left out: a violation where the default is bad, none where it is good. */
  absent: (RuleCase & { says?: string[] })[];
}

/** A secret in the inputs of a case. */
export function secretValue(value: string): Inputs {
  return { $secret: value };
}

/** A text given as an asset in the inputs of a case; a rule sees `{ text: "…" }`. */
export function textAsset(text: string): Inputs {
  return { $asset: { text } };
}
