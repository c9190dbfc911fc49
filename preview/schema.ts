import Ajv, { type AnySchema, type ErrorObject } from "ajv";
import { fileProblems, type FileProblem } from "./problem";
import { readTextFile } from "./textFile";

/** A preview of tens of thousands of resources has less. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Deeper values exhaust the stack; Pulumi's SDK gives up at some hundreds of levels itself. */
const MAX_LEVELS = 500;

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

/** Recursion is bounded by the limit, however deep the value is. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}

function problemOf({ instancePath, message = "is wrong", params, data }: ErrorObject, file: string): FileProblem {
  const { additionalProperty, missingProperty } = params as { additionalProperty?: string; missingProperty?: string };
  const where = instancePath === "" ? "the file" : instancePath.slice(1).replaceAll("/", ".");
  if (additionalProperty !== undefined)
    return { file, message: `${where} has the unknown key ${JSON.stringify(additionalProperty)}; remove it` };
  if (missingProperty !== undefined)
    return { file, message: `${where} lacks the key ${JSON.stringify(missingProperty)}; add it` };
  return { file, message: `${where} ${message}, got ${shortJson(data)}` };
}

function shortJson(data: unknown): string {
  const json = JSON.stringify(data);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}
