import { protobuf } from "google-gax";
import { type Fields, isFields, isFree, pascalCase } from "./messages";

const WHOLE = /^-?\d+$/;

const SCALARS: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === "string",
  bytes: (value) => typeof value === "string",
  bool: (value) => typeof value === "boolean",
  double: (value) => typeof value === "number",
  float: (value) => typeof value === "number",
  int32: (value) => Number.isInteger(value),
  uint32: (value) => Number.isInteger(value) && (value as number) >= 0,
  int64: (value) => typeof value === "string" && WHOLE.test(value),
  uint64: (value) => typeof value === "string" && /^\d+$/.test(value),
};

/**
 * What is wrong with a JSON value as a protobuf message: fields that it does not have, and values of another type.
 * protobufjs's own `verify` and Google's serializer let unknown fields pass, which is what a fake must not.
 *
 * @param values further values that enumerations may have, for what a newer service would send.
 */
export function problemsOf(type: protobuf.Type, value: unknown, path = "", values: readonly string[] = []): string[] {
  if (!isFields(value)) return [`${path || type.name} is not an object of type ${type.name}`];
  return Object.entries(value).flatMap(([name, content]) => {
    const at = path ? `${path}.${name}` : name;
    const field = Object.hasOwn(type.fields, name) ? type.fields[name].resolve() : undefined;
    if (!field) return [`${at} is not a field of ${type.name}`];
    if (field.map) {
      if (!isFields(content)) return [`${at} is not a map`];
      return Object.entries(content).flatMap(([key, entry]) => one(field, entry, `${at}[${key}]`, values));
    }
    if (!field.repeated) return one(field, content, at, values);
    if (!Array.isArray(content)) return [`${at} is not a list`];
    return (content as unknown[]).flatMap((entry, index) => one(field, entry, `${at}[${index}]`, values));
  });
}

function one(field: protobuf.Field, value: unknown, at: string, values: readonly string[]): string[] {
  if (isFree(field)) return [];
  const { resolvedType } = field;
  if (resolvedType instanceof protobuf.Type) return problemsOf(resolvedType, value, at, values);
  if (resolvedType instanceof protobuf.Enum) return oneOf(resolvedType, value, at, values);
  if (!SCALARS[field.type]?.(value)) return [`${at} is not of type ${field.type}: ${JSON.stringify(value)}`];
  const choices = choicesOf(field);
  return choices ? oneOf(choices, value, at, values) : [];
}

/** Compute's enumerations are strings on the wire; their values stand in a nested type named after the field. */
function choicesOf(field: protobuf.Field): protobuf.Enum | undefined {
  const nested = field.type === "string" ? field.parent?.nested?.[pascalCase(field.name)] : undefined;
  return nested instanceof protobuf.Enum ? nested : undefined;
}

function oneOf(choices: protobuf.Enum, value: unknown, at: string, values: readonly string[]): string[] {
  if (typeof value === "number" && value in choices.valuesById) return [];
  if (typeof value === "string" && (value in choices.values || values.includes(value))) return [];
  return [`${at} is none of the values of ${choices.name}: ${JSON.stringify(value)}`];
}

/** Leaves out what is undefined, as JSON does. */
export const compact = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
