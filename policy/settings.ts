import { type Exception, readExceptions } from "./exceptions";
import { type ConfigProperty, type Rule, type RuleConfig } from "./rule";

/** What a rule's configuration says. */
export interface Settings {
  /** The rule's own values; the default stands where none or a wrong one was given. */
  config: RuleConfig;
  exceptions: Exception[];
  /** Everything that is wrong, each with its path. */
  problems: string[];
}

/** Reads what a user configured for a rule. */
export function readSettings({ config: schema }: Rule, given: RuleConfig): Settings {
  const properties = new Map(Object.entries(schema?.properties ?? {}));
  const { exceptions, problems } = readExceptions(given.exceptions);
  const allowed = [...properties.keys(), "exceptions"];
  const unknown = Object.keys(given).filter((key) => !allowed.includes(key));
  const config: RuleConfig = Object.create(null) as RuleConfig;
  for (const [name, property] of properties) {
    const problem = Object.hasOwn(given, name) ? problemOf(property, given[name]) : undefined;
    if (problem) problems.push(`${name}: ${problem}`);
    config[name] = Object.hasOwn(given, name) && !problem ? given[name] : property.default;
  }
  problems.push(...unknown.map((key) => `${JSON.stringify(key)}: is none of ${allowed.join(", ")}`));
  return { config, exceptions, problems };
}

/** All problems of a rule's configuration as one message; undefined where there is none. */
export function problemText({ id }: Rule, { problems }: Settings): string | undefined {
  if (problems.length === 0) return undefined;
  const lines = problems.map((problem) => `\n  ${problem}`).join("");
  return `The configuration of ${id} is wrong:${lines}\nThe rule goes by its defaults where a value is wrong.`;
}

function problemOf(property: ConfigProperty, value: unknown): string | undefined {
  if (!isOfType(property.type, value)) return `must be ${NOUNS[property.type]}`;
  if (!Array.isArray(value) || !property.items) return undefined;
  const { pattern } = property.items;
  const isFine = (item: unknown) => typeof item === "string" && (!pattern || new RegExp(pattern, "u").test(item));
  const wrong = value.findIndex((item) => !isFine(item));
  return wrong < 0 ? undefined : `entry ${wrong + 1} must be a text${pattern ? ` like ${pattern}` : ""}`;
}

const NOUNS: Record<ConfigProperty["type"], string> = {
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  array: "a list",
};

function isOfType(type: ConfigProperty["type"], value: unknown): boolean {
  switch (type) {
    case "array":
      return Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    case "string":
    case "number":
    case "boolean":
      return typeof value === type;
  }
}
