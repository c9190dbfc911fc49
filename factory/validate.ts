import Ajv, { type ErrorObject } from "ajv";

/** Words for the types of JSON Schema, as a reader of YAML knows them. */
const TYPES: Record<string, string> = {
  array: "a list",
  boolean: "true or false",
  number: "a number",
  integer: "a whole number",
  object: "a map",
  string: "text",
};

/**
 * What is wrong with a configuration, in the order in which it is written.
 *
 * @param namespace that the keys are written under, as in `kiln:project`.
 */
export function problemsOf(schema: object, value: unknown, namespace: string): string[] {
  const validate = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile(schema);
  validate(value);
  return [...new Set((validate.errors ?? []).map((error) => problemOf(error, namespace)))];
}

function problemOf(error: ErrorObject, namespace: string): string {
  const at = (key?: string) => `${namespace}:${pathOf(error.instancePath, key)}`;
  const params = error.params as Record<string, string & string[]>;
  switch (error.keyword) {
    case "additionalProperties":
      return `${at(params.additionalProperty)} is not known; ${known(error)}`;
    case "required":
      return `${at(params.missingProperty)} is missing; add it`;
    case "type":
      return `${at()} must be ${TYPES[params.type] ?? params.type}, got ${JSON.stringify(error.data)}`;
    case "enum":
      return `${at()} must be one of ${params.allowedValues.join(", ")}, got ${JSON.stringify(error.data)}`;
    default:
      return `${at()} ${error.message ?? "is wrong"}, got ${JSON.stringify(error.data)}`;
  }
}

function known(error: ErrorObject): string {
  const keys = Object.keys((error.parentSchema?.properties as object | undefined) ?? {});
  return `known here: ${keys.join(", ")}`;
}

/** `/families/web~1x/mode` as `families["web/x"].mode`. */
function pathOf(pointer: string, key?: string): string {
  const steps = pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  return [...steps, ...(key === undefined ? [] : [key])].reduce((path, step) => {
    if (/^[0-9]+$/.test(step)) return `${path}[${step}]`;
    if (!/^[A-Za-z_][\w-]*$/.test(step)) return `${path}[${JSON.stringify(step)}]`;
    return path === "" ? step : `${path}.${step}`;
  }, "");
}
