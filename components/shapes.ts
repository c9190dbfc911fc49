import * as pulumi from "@pulumi/pulumi";
import { type Rule, shown } from "../core/rules";

/**
 * What of a component's inputs is plain, and of which form. TypeScript says so as well; programs in JavaScript, and
 * what was read from a file, come without it. Values that may still be to come have rules of their own.
 */
export interface Shape {
  /** Whether the value itself has that form. */
  readonly rule: Rule<unknown>;
  /** Forms of what a map holds, by key. */
  readonly fields?: Readonly<Record<string, Shape>>;
  /** Form of each entry of a list, or of a map with keys of the user's choice. */
  readonly each?: Shape;
  /** Whether it must be given. */
  readonly required?: boolean;
}

/** `true` or `false`, and no text that says so: `"false"` is true to JavaScript. */
export const FLAG: Shape = { rule: plainlyA("true or false", (value) => typeof value === "boolean") };
/** A list, whatever it holds. */
export const LIST: Shape = { rule: plainlyA("a list", Array.isArray, "; what is in it may be one") };
/** Text. */
export const TEXT: Shape = { rule: plainlyA("text", (value) => typeof value === "string") };
/** A list of choices, or of names after which children are called. */
export const PLAIN_LIST: Shape = {
  rule: plainlyA("a list", Array.isArray),
  each: { ...TEXT, required: true },
};
/** A map, whatever it holds. */
export const MAP: Shape = { rule: plainlyA("a map", isMap, "; what is in it may be one") };

/** A map of inputs. */
export function fields(known: Readonly<Record<string, Shape>>): Shape {
  return { ...MAP, fields: known };
}

/** A list of inputs. */
export function listOf(each: Shape): Shape {
  return { rule: plainlyA("a list", Array.isArray), each: { ...each, required: true } };
}

/** A map with keys of the user's choice. */
export function mapOf(each: Shape): Shape {
  return { ...MAP, each: { ...each, required: true } };
}

/** The same, which must be given. */
export function required(shape: Shape): Shape {
  return { ...shape, required: true };
}

/** What of a value has another form, by its path. Loops, and paths made when they are needed: it runs for every input. */
export function misshapen(path: string, value: unknown, shape: Shape): pulumi.InputPropertyErrorDetails[] {
  const found: pulumi.InputPropertyErrorDetails[] = [];
  search(value, shape, () => path, found);
  return found;
}

function search(value: unknown, shape: Shape, path: () => string, found: pulumi.InputPropertyErrorDetails[]): void {
  if (value === undefined && !shape.required) return;
  const reason = shape.rule(value);
  if (reason !== undefined) {
    found.push({ propertyPath: path() || "args", reason });
    return;
  }
  const { each, fields } = shape;
  const held = value as Record<string, unknown>;
  const below = (key: string) => () =>
    Array.isArray(value) ? `${path()}[${key}]` : [path(), key].filter(Boolean).join(".");
  if (each) for (const key of Object.keys(held)) search(held[key], each, below(key), found);
  for (const key in fields)
    if (held[key] !== undefined || fields[key].required) search(held[key], fields[key], below(key), found);
}

function plainlyA(described: string, isOne: (value: unknown) => boolean, hint = ""): Rule<unknown> {
  return (value) => {
    if (isLate(value)) return `must be ${described} and known at once, got an Output${hint}`;
    return isOne(value) ? undefined : `must be ${described}, got ${shown(value)}`;
  };
}

/** Instances of `Map` and the like have no keys of their own, and would pass for empty. */
function isMap(value: unknown): boolean {
  return typeof value === "object" && value !== null && !(Symbol.iterator in value);
}

/** Whether a value is still to come; the type is wide, since `Output` and `Promise` lose their element's type in a union. */
export function isLate(value: unknown): value is Promise<unknown> {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}
