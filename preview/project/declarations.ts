import { type FileProblem } from "../problem";
import { matchesType, type ConfigType, readConfigType, typeText } from "./configType";
import { type YamlFile } from "./yamlFile";

/** One key under `config:` of Pulumi.yaml. */
export interface Declaration {
  /** As written, with or without a namespace. */
  key: string;
  /** With the namespace: `project:key`. */
  fullKey: string;
  /** Belongs to the project, not to a provider such as `gcp:project`. */
  own: boolean;
  type?: ConfigType;
  /** Value of a stack that sets none. */
  fallback?: unknown;
  secret: boolean;
}

/** Reads `config:` of Pulumi.yaml: long form, and `key: value` for a default or a provider's value. */
export function readDeclarations(yaml: YamlFile, project: string, problems: FileProblem[]): Declaration[] {
  const { config } = yaml.root;
  if (typeof config !== "object" || config === null || Array.isArray(config)) return [];
  return Object.entries(config as Record<string, unknown>).map(([key, value]) =>
    readDeclaration(yaml, project, key, value, problems),
  );
}

function readDeclaration(
  yaml: YamlFile,
  project: string,
  key: string,
  value: unknown,
  problems: FileProblem[],
): Declaration {
  const fullKey = key.includes(":") ? key : `${project}:${key}`;
  const own = fullKey.startsWith(`${project}:`);
  const refuse = (message: string, part?: string) =>
    problems.push({ file: yaml.file, line: yaml.lineOf(["config", key, ...(part ? [part] : [])]), message });
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { key, fullKey, own, fallback: value ?? undefined, secret: false };
  const long = value as Record<string, unknown>;
  refuseWrongShape(long, key, own, refuse);
  const type = long.type === undefined ? undefined : readConfigType(long, key, refuse);
  if (type && long.default !== undefined && !matchesType(type, long.default))
    refuse(
      `The default value specified for configuration key '${key}' is not of the expected type '${typeText(type)}'`,
      "default",
    );
  return { key, fullKey, own, type, fallback: long.default ?? long.value ?? undefined, secret: long.secret === true };
}

function refuseWrongShape(
  long: Record<string, unknown>,
  key: string,
  own: boolean,
  refuse: (message: string, part?: string) => void,
): void {
  if (long.default !== undefined && long.value !== undefined)
    refuse(`project config '${key}' cannot have both a 'default' and 'value' attribute`);
  if (own) return;
  if (long.type !== undefined)
    refuse(`Configuration key '${key}' is not namespaced by the project and should not define a type`, "type");
  if (long.default !== undefined)
    refuse(
      `Configuration key '${key}' is not namespaced by the project and should not define a default value. ` +
        "Did you mean to use the 'value' attribute instead of 'default'?",
      "default",
    );
}
