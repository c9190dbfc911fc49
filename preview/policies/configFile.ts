import { resolve } from "node:path";
import { fileProblems, type FileProblem } from "../problem";
import { shown } from "../project/projectFile";
import { parseJson, shortJson } from "../schema";
import { readTextFile } from "../textFile";
import { type EnforcementLevel } from "./results";

/** What a user sets for one policy, or for all of them. */
export interface PolicySetting {
  level?: EnforcementLevel;
  /** Values of the policy's own. */
  properties: Record<string, unknown>;
}

/** A file of settings, as `pulumi preview --policy-pack-config` takes it. */
export interface PackConfig {
  /** Path as it is shown. */
  file: string;
  /** By the policy's name; `all` for every policy. */
  policies: Map<string, PolicySetting>;
}

const LEVELS: readonly EnforcementLevel[] = ["advisory", "mandatory", "remediate", "disabled"];

/** A pack has some hundred policies at most. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Reads `{"<policy>": "advisory"}` and `{"<policy>": {"enforcementLevel": …, …}}`, or says everything that is wrong. */
export function readPackConfig(path: string): PackConfig {
  const file = shown(resolve(path));
  const problems: FileProblem[] = [];
  const refuse = (message: string) => problems.push({ file, message });
  const text = readTextFile(path, file, MAX_BYTES);
  // As in Pulumi, an empty file sets nothing.
  const root = text.trim() === "" ? {} : parseJson<Record<string, unknown>>(text, file, { type: "object" });
  const policies = Object.entries(root).map(([name, value]) => [name, readSetting(name, value, refuse)] as const);
  if (problems.length > 0) throw fileProblems(problems);
  return { file, policies: new Map(policies) };
}

function readSetting(policy: string, value: unknown, refuse: (message: string) => void): PolicySetting {
  if (policy === "environments")
    refuse("environments are those of Pulumi Cloud, which needs an account; write their values into the file");
  else if (typeof value === "string") return { ...readLevel(policy, value, refuse), properties: {} };
  else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const { enforcementLevel, ...properties } = value as Record<string, unknown>;
    return { ...readLevel(`${policy}.enforcementLevel`, enforcementLevel, refuse), properties };
  } else refuse(`${policy} must be a level (${LEVELS.join(", ")}) or an object of settings, got ${shortJson(value)}`);
  return { properties: {} };
}

function readLevel(place: string, value: unknown, refuse: (message: string) => void): Pick<PolicySetting, "level"> {
  if (value === undefined) return {};
  const level = LEVELS.find((known) => known === value);
  if (!level) refuse(`${place} must be one of ${LEVELS.join(", ")}, got ${shortJson(value)}`);
  return { level };
}
