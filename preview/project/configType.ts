/** Types that Pulumi.yaml knows. */
const NAMES = ["string", "integer", "boolean", "array", "object"] as const;
type TypeName = (typeof NAMES)[number];

/** Declared type of a configuration value. */
export interface ConfigType {
  name: TypeName;
  /** Type of the members of an array. */
  items?: ConfigType;
}

/** Reads `type` and `items` of a declaration. */
export function readConfigType(
  declared: Record<string, unknown>,
  key: string,
  refuse: (message: string, part?: string) => void,
): ConfigType | undefined {
  const name = NAMES.find((known) => known === declared.type);
  if (!name) {
    refuse(
      `type of configuration key '${key}' must be one of ${NAMES.join(", ")}, got ${JSON.stringify(declared.type)}`,
      "type",
    );
    return undefined;
  }
  if (name !== "array") return { name };
  if (typeof declared.items !== "object" || declared.items === null) {
    refuse(
      `The configuration key '${key}' declares an array but does not specify the underlying type via the 'items' attribute`,
    );
    return undefined;
  }
  return { name, items: readConfigType(declared.items as Record<string, unknown>, key, refuse) };
}

/** The type as Pulumi writes it: `array<string>`. */
export function typeText({ name, items }: ConfigType): string {
  return items ? `${name}<${typeText(items)}>` : name;
}

/** Pulumi keeps scalars as text, so that `"5"` is an integer and `5` a string. */
export function matchesType(type: ConfigType, value: unknown): boolean {
  switch (type.name) {
    case "string":
      return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    case "integer":
      return Number.isInteger(value) || (typeof value === "string" && /^[+-]?\d+$/.test(value));
    case "boolean":
      return typeof value === "boolean" || value === "true" || value === "false";
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "array":
      return Array.isArray(value) && value.every((member) => !type.items || matchesType(type.items, member));
  }
}

/** A value of the type for a program to run with where the real one cannot be decrypted. */
export function placeholderOf(type: ConfigType | undefined): string {
  switch (type?.name) {
    case "integer":
      return "0";
    case "boolean":
      return "false";
    case "array":
      return "[]";
    case "object":
      return "{}";
    case "string":
    case undefined:
      return "[secret]";
  }
}
