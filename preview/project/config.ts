import { type Diagnostic } from "../graph";
import { fileProblems, type FileProblem, PreviewError } from "../problem";
import { matchesType, placeholderOf, typeText } from "./configType";
import { type Declaration } from "./declarations";
import { type Project } from "./projectFile";
import { type YamlFile } from "./yamlFile";

/** Configuration of a stack as the language host hands it to a program. */
export interface StackConfig {
  /** Text by full key; objects and arrays as JSON. */
  values: Record<string, string>;
  /** Full keys of secrets. */
  secretKeys: string[];
  warnings: Diagnostic[];
}

/** Joins the stack's values with the project's declarations, and says everything that is wrong with them. */
export function resolveConfig(project: Project, stack: string, file: YamlFile | undefined): StackConfig {
  const given = readGiven(project, file);
  const problems: FileProblem[] = [];
  const missing: string[] = [];
  const config: StackConfig = { values: {}, secretKeys: [], warnings: [] };
  for (const declaration of project.declarations) {
    const entry = given.get(declaration.fullKey);
    if (entry) problems.push(...wrongValue(declaration, entry, stack, file as YamlFile));
    else if (declaration.fallback !== undefined) config.values[declaration.fullKey] = asText(declaration.fallback);
    else if (declaration.own) missing.push(declaration.key);
  }
  const errors = problems.length > 0 ? fileProblems(problems).diagnostics : [];
  if (missing.length > 0) errors.push({ severity: "error", message: missingText(stack, missing) });
  if (errors.length > 0) throw new PreviewError(errors);
  for (const [fullKey, entry] of given) addGiven(project, fullKey, entry, config);
  return config;
}

interface Given {
  /** As written in the file. */
  key: string;
  value: unknown;
  secret: boolean;
}

function readGiven(project: Project, file: YamlFile | undefined): Map<string, Given> {
  const config = file?.root.config;
  const given = new Map<string, Given>();
  if (config === undefined || config === null || !file) return given;
  if (typeof config !== "object" || Array.isArray(config))
    throw fileProblems([
      { file: file.file, line: file.lineOf(["config"]), message: "config must be a mapping of keys to values" },
    ]);
  for (const [key, value] of Object.entries(config as Record<string, unknown>)) {
    const fullKey = key.includes(":") ? key : `${project.name}:${key}`;
    given.set(fullKey, { key, value, secret: holdsSecret(value) });
  }
  return given;
}

function wrongValue(declaration: Declaration, entry: Given, stack: string, file: YamlFile): FileProblem[] {
  const line = file.lineOf(["config", entry.key]);
  if (declaration.secret && !entry.secret)
    return [
      {
        file: file.file,
        line,
        message: `Stack '${stack}' with configuration key '${declaration.key}' must be encrypted as it's secret; run pulumi config set --secret ${entry.key}`,
      },
    ];
  if (!declaration.type || entry.secret || matchesType(declaration.type, entry.value)) return [];
  const type = typeText(declaration.type);
  return [
    {
      file: file.file,
      line,
      message: `Stack '${stack}' with configuration key '${declaration.key}' must be of type '${type}', got ${JSON.stringify(entry.value)}; change it to ${exampleOf(type)}`,
    },
  ];
}

function exampleOf(type: string): string {
  if (type === "integer") return "a whole number, such as 3";
  if (type === "boolean") return "true or false";
  if (type === "object") return "a mapping of keys to values";
  return type.startsWith("array") ? "a list, one - item a line" : "text";
}

function addGiven(project: Project, fullKey: string, entry: Given, config: StackConfig): void {
  if (!entry.secret) {
    config.values[fullKey] = asText(entry.value);
    return;
  }
  const type = project.declarations.find((declaration) => declaration.fullKey === fullKey)?.type;
  config.values[fullKey] = isSecure(entry.value) ? placeholderOf(type) : JSON.stringify(withPlaceholders(entry.value));
  config.secretKeys.push(fullKey);
  config.warnings.push({
    severity: "warning",
    message: `the secret ${entry.key} cannot be decrypted offline; the program ran with a placeholder`,
  });
}

/** Scalars as text, everything else as JSON, as Pulumi stores them. */
function asText(value: unknown): string {
  if (typeof value === "string") return value;
  return value === null || value === undefined ? "" : JSON.stringify(value);
}

/** Pulumi's encrypted value: `{secure: …}` and nothing besides. */
function isSecure(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 1 && "secure" in value;
}

function holdsSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isSecure(value) || Object.values(value).some(holdsSecret);
}

function withPlaceholders(value: unknown): unknown {
  if (isSecure(value)) return placeholderOf(undefined);
  if (Array.isArray(value)) return value.map(withPlaceholders);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withPlaceholders(member)]));
}

/** Pulumi's own words. */
function missingText(stack: string, keys: string[]): string {
  const quoted = keys.sort().map((key) => `'${key}'`);
  const list = quoted.length === 1 ? quoted[0] : `${quoted.slice(0, -1).join(", ")} and ${quoted[quoted.length - 1]}`;
  return `Stack '${stack}' is missing configuration ${quoted.length === 1 ? "value" : "values"} ${list}; set it with pulumi config set ${keys[0]} <value> --stack ${stack}`;
}
