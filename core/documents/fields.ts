import { type Rule, shown } from "../rules";

/** What is wrong with a value in a document. */
export interface FieldProblem {
  path: string[];
  /** Says rule, value and fix. */
  message: string;
}

/** One field of a document. */
export interface Field {
  rule?: Rule<never>;
  /** Fields of the object that it holds. */
  fields?: Fields;
  /** Fields of each object in the list that it holds. */
  items?: Fields;
  /** What to write where it is missing; fields without this may be left out. */
  example?: unknown;
}

/** The fields of an object in a document; no others are allowed. */
export type Fields = Readonly<Record<string, Field>>;

/** All that is wrong with a value that should be an object with these fields. */
export function problemsOf(value: unknown, fields: Fields, path: string[] = []): FieldProblem[] {
  const names = Object.keys(fields);
  if (!isObject(value)) return [{ path, message: `must be an object with ${names.join(", ")}, got ${shown(value)}` }];
  const unknown = Object.keys(value).filter((key) => !Object.hasOwn(fields, key));
  return [
    ...unknown.map((key) => ({
      path: [...path, key],
      message: `is not known: take it away, or write one of ${names.join(", ")}; its value is ${shown(value[key])}`,
    })),
    ...names.flatMap((name) => problemsOfField(value, name, fields[name], [...path, name])),
  ];
}

function problemsOfField(
  object: Record<string, unknown>,
  name: string,
  { rule, fields, items, example }: Field,
  path: string[],
): FieldProblem[] {
  if (!Object.hasOwn(object, name))
    return example === undefined ? [] : [{ path, message: `is missing: write it, such as ${shown(example)}` }];
  const value = object[name];
  if (fields) return problemsOf(value, fields, path);
  if (items) return problemsOfItems(value, items, path);
  const message = rule?.(value as never);
  return message === undefined ? [] : [{ path, message }];
}

function problemsOfItems(value: unknown, fields: Fields, path: string[]): FieldProblem[] {
  if (!Array.isArray(value)) return [{ path, message: `must be a list, got ${shown(value)}` }];
  return value.flatMap((item, index) => problemsOf(item, fields, [...path, String(index)]));
}

/** Whether a value of JSON is an object rather than a list, text, number or nothing. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A rule around one that only understands objects. */
export function ofObjects(rule: Rule<Record<string, unknown>>): Rule<never> {
  return (value: unknown) => (isObject(value) ? rule(value) : `must be an object, got ${shown(value)}`);
}
