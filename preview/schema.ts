import Ajv, { type AnySchema, type ErrorObject } from "ajv";
import { readFileSync, statSync } from "node:fs";
import { fileProblems, type FileProblem, PreviewError } from "./problem";

/** A preview of tens of thousands of resources has less. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Reads a JSON file of a known shape, or says everything that is wrong with it. */
export function readJsonFile<T>(file: string, schema: AnySchema): T {
  return parseJson(readText(file), file, schema);
}

/** {@link readJsonFile} for text. */
export function parseJson<T>(text: string, file: string, schema: AnySchema): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fileProblems([{ file, message: `is not JSON: ${(error as Error).message}` }]);
  }
  const check = new Ajv({ allErrors: true, verbose: true }).compile(schema);
  if (!check(value)) throw fileProblems((check.errors ?? []).map((error) => problemOf(error, file)));
  return value as T;
}

function readText(file: string): string {
  try {
    const { size } = statSync(file);
    if (size > MAX_BYTES) throw new Error(`is ${size} bytes; at most ${MAX_BYTES} are read`);
    return readFileSync(file, "utf8");
  } catch (error) {
    throw PreviewError.of(`${file}: cannot be read: ${(error as Error).message}`);
  }
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
