import { assetScope as scopeRule, bucketName, projectId } from "../core/names";
import { type Rule } from "../core/rules";

/** What the agent is told about its factory. */
export interface Settings {
  /** Project that holds the images. */
  project: string;
  /** Bucket with the policies, the lease and the reports. */
  bucket: string;
  /** Projects that use the images. */
  consumers: string[];
  /** `folders/N` or `organizations/N` whose projects all use the images. */
  assetScope?: string;
  /** How long a run may take. */
  deadlineSeconds: number;
}

/** A function that serves HTTP may be given up to an hour; nine minutes leave it one of the ten that ours has. */
const DEFAULT_DEADLINE_SECONDS = 540;

const deadline: Rule<string> = (value) =>
  /^[0-9]+$/.test(value) && Number(value) >= 120 && Number(value) <= 3600
    ? undefined
    : `must be a whole number from 120 to 3600 seconds, got ${JSON.stringify(value)}`;

/** The environment does not say what the agent needs. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

/**
 * Reads the environment of the function.
 *
 * @throws EnvironmentError with all that is wrong.
 */
export function settingsFrom(environment: Record<string, string | undefined>): Settings {
  const problems: string[] = [];
  const given = (name: string, rule: Rule<string>, fallback?: string): string => {
    const value = environment[name] || fallback;
    if (value === undefined) problems.push(`${name} is missing`);
    const problem = value ? rule(value) : undefined;
    if (problem !== undefined) problems.push(`${name} ${problem}`);
    return value ?? "";
  };
  const consumers = (environment.KILN_CONSUMER_PROJECTS ?? "").split(",").map((id) => id.trim());
  for (const id of consumers.filter(Boolean)) {
    const problem = projectId(id);
    if (problem !== undefined) problems.push(`KILN_CONSUMER_PROJECTS ${problem}`);
  }
  const assetScope = given("KILN_ASSET_SCOPE", scopeRule, "");
  const settings = {
    project: given("KILN_PROJECT", projectId),
    bucket: given("KILN_BUCKET", bucketName),
    consumers: consumers.filter(Boolean),
    ...(assetScope ? { assetScope } : {}),
    deadlineSeconds: Number(given("KILN_DEADLINE_SECONDS", deadline, String(DEFAULT_DEADLINE_SECONDS))),
  };
  if (problems.length > 0) throw new EnvironmentError(`the environment is wrong: ${problems.join("; ")}`);
  return settings;
}
