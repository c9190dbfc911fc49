import Ajv, { type AnySchema, type ErrorObject } from "ajv";
import { isDeeper } from "./graphValue";
import { fileProblems, type FileProblem } from "./problem";
import { readTextFile } from "./textFile";

/** A preview of tens of thousands of resources has less. */
export const MAX_BYTES = 256 * 1024 * 1024;

/** Deeper values exhaust the stack; Pulumi's SDK gives up at some hundreds of levels itself. */
export const MAX_LEVELS = 500;

/** Reads a JSON file of a known shape, or says everything that is wrong with it. */
export function readJsonFile<T>(file: string, schema: AnySchema): T {
  return parseJson(readTextFile(file, file, MAX_BYTES), file, schema);
}

/** {@link readJsonFile} for text. */
export function parseJson<T>(text: string, file: string, schema: AnySchema): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fileProblems([{ file, message: `is not JSON: ${(error as Error).message}` }]);
  }
  if (isDeeper(value, MAX_LEVELS))
    throw fileProblems([{ file, message: `is nested more than ${MAX_LEVELS} levels deep` }]);
  const check = new Ajv({ allErrors: true, verbose: true }).compile(schema);
  if (!check(value)) throw fileProblems((check.errors ?? []).map((error) => problemOf(error, file)));
  return value as T;
}

function problemOf(error: ErrorObject, file: string): FileProblem {
  const { instancePath } = error;
  return { file, message: schemaMessage(error, instancePath === "" ? "the file" : dotted(instancePath)) };
}

/** What a JSON Schema says against a value: rule, value and fix. */
export function schemaMessage({ message = "is wrong", params, data }: ErrorObject, where: string): string {
  const { additionalProperty, missingProperty } = params as { additionalProperty?: string; missingProperty?: string };
  if (additionalProperty !== undefined)
    return `${where} has the unknown key ${JSON.stringify(additionalProperty)}; remove it`;
  if (missingProperty !== undefined) return `${where} lacks the key ${JSON.stringify(missingProperty)}; add it`;
  return `${where} ${message}, got ${shortJson(data)}`;
}

/** A path within a document as people write it. */
export function dotted(instancePath: string): string {
  return instancePath.slice(1).replaceAll("/", ".");
}

/** The beginning of a value, for messages. */
export function shortJson(data: unknown): string {
  const json = JSON.stringify(data);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}
