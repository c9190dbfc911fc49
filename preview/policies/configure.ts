import Ajv, { type ErrorObject } from "ajv";
import { ConfigureAnalyzerRequest, PolicyConfig } from "@pulumi/pulumi/proto/analyzer_pb";
import { toStruct, type WireObject } from "../monitor/wire";
import { PreviewError } from "../problem";
import { dotted, schemaMessage } from "../schema";
import { type PackConfig, type PolicySetting } from "./configFile";
import { levelNumber, type PackInfo, type PolicyDefinition } from "./packInfo";
import { type EnforcementLevel } from "./results";

/** What a policy is run with. */
export interface ConfiguredPolicy extends PolicySetting {
  level: EnforcementLevel;
}

/**
 * Settings of every policy: defaults of its schema, then what the pack sets, then the file.
 *
 * @throws {PreviewError} with everything that a schema says against them.
 */
export function configure(info: PackInfo, shown: string, config?: PackConfig): Map<string, ConfiguredPolicy> {
  const policies = new Map(info.policies.map((policy) => [policy.name, withDefaults(policy)]));
  apply(policies, info.initial);
  if (config) apply(policies, config.policies);
  // Packs bring their own keywords and formats, which Pulumi passes over too.
  const ajv = new Ajv({ allErrors: true, verbose: true, strict: false, validateFormats: false, addUsedSchema: false });
  const wrong = info.policies.flatMap((policy) => problemsOf(policy, policies.get(policy.name)?.properties ?? {}, ajv));
  if (wrong.length === 0) return policies;
  const place = config ? config.file : `policy pack ${shown} (set it in a file for --policy-pack-config)`;
  throw new PreviewError(wrong.map((message) => ({ severity: "error", message: `${place}: ${message}` })));
}

/** Names in a file that are no policy of the pack; Pulumi passes over them without a word. */
export function unknownPolicies(info: PackInfo, config: PackConfig): string[] {
  const known = new Set(["all", ...info.policies.map(({ name }) => name)]);
  return [...config.policies.keys()].filter((name) => !known.has(name));
}

/** The message that sets the policies. */
export function configureRequest(policies: ReadonlyMap<string, ConfiguredPolicy>): ConfigureAnalyzerRequest {
  const request = new ConfigureAnalyzerRequest();
  for (const [name, { level, properties }] of policies) {
    const config = new PolicyConfig();
    config.setEnforcementlevel(levelNumber(level));
    config.setProperties(toStruct(properties as WireObject));
    request.getPolicyconfigMap().set(name, config);
  }
  return request;
}

function withDefaults({ level, schema }: PolicyDefinition): ConfiguredPolicy {
  const defaults = Object.entries(schema?.properties ?? {}).flatMap(([name, property]): [string, unknown][] =>
    typeof property === "object" && property !== null && "default" in property ? [[name, property.default]] : [],
  );
  return { level, properties: Object.fromEntries(defaults) };
}

function apply(policies: Map<string, ConfiguredPolicy>, settings: ReadonlyMap<string, PolicySetting>): void {
  const all = settings.get("all")?.level;
  for (const [name, policy] of policies) {
    const own = settings.get(name);
    policies.set(name, {
      level: own?.level ?? all ?? policy.level,
      properties: { ...policy.properties, ...own?.properties },
    });
  }
}

function problemsOf({ name, schema }: PolicyDefinition, properties: Record<string, unknown>, ajv: Ajv): string[] {
  if (!schema) return [];
  try {
    const check = ajv.compile({ type: "object", ...schema });
    return check(properties) ? [] : (check.errors ?? []).map((error) => settingProblem(name, error));
  } catch (error) {
    return [`the schema of ${name}'s configuration is wrong: ${(error as Error).message}`];
  }
}

function settingProblem(policy: string, error: ErrorObject): string {
  return schemaMessage(error, error.instancePath === "" ? policy : `${policy}.${dotted(error.instancePath)}`);
}
