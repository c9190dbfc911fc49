import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import schema from "./graph.schema.json";
import { type GraphLookup, type GraphResource, GraphSource, type PreviewGraph } from "./graph";
import { isDeeper } from "./graphValue";
import { excerpt, jsonPlaceOf, syntaxErrorPlace } from "../core/jsonPlace";
import { fileProblems, PreviewError } from "./problem";
import { MAX_BYTES, MAX_LEVELS, schemaMessage } from "./schema";
import { readTextFile } from "./textFile";

/** More problems than this are only counted. */
const MOST_PROBLEMS = 20;

const HOW = "write it with kiln preview --format json > FILE";

/** What is wrong at one place of the file. */
interface JsonProblem {
  path: (string | number)[];
  message: string;
}

const TEXT = { type: "string" };

/** What a comparison needs; other keys are not looked at, so that newer files can be read too. */
const HEAD = {
  type: "object",
  required: ["project", "stack", "source", "resources", "outputs", "lookups"],
  properties: {
    project: TEXT,
    stack: TEXT,
    source: { enum: Object.values(GraphSource) },
    resources: { type: "array" },
    defaultProviders: { type: "object", additionalProperties: { type: "object" } },
    outputs: { type: "object" },
    lookups: { type: "array" },
  },
};

/**
 * Reads what `kiln preview --format json` printed, to compare a program with it.
 *
 * @throws {PreviewError} with everything that is wrong with the file, by line and path.
 */
export function readGraphFile(file: string): PreviewGraph {
  const text = readTextFile(file, file, MAX_BYTES).replace(/^\uFEFF/, "");
  const value = parse(text, file);
  const problems = problemsOf(value);
  if (problems.length > 0) throw refusal(problems, text, file);
  const graph = value as PreviewGraph;
  if (graph.source === GraphSource.Pulumi)
    throw PreviewError.of(`${file}: comes from the Pulumi CLI, which leaves out what stays the same; ${HOW}`);
  const { apiVersion, kind, project, stack, source, resources, defaultProviders, outputs, lookups } = graph;
  const known = defaultProviders ? { defaultProviders } : {};
  return { apiVersion, kind, project, stack, source, resources, ...known, outputs, lookups, diagnostics: [] };
}

/** Says why two graphs cannot be compared, if so. */
export function checkComparable(base: PreviewGraph, head: PreviewGraph, file: string): void {
  if (base.project === head.project && base.stack === head.stack) return;
  const of = ({ project, stack }: PreviewGraph) => `project ${project}, stack ${stack}`;
  throw PreviewError.of(
    `${file}: is of ${of(base)}, and the program of ${of(head)}: everything would be new; ` +
      "preview both with the same --stack",
  );
}

function parse(text: string, file: string): unknown {
  if (text.trim() === "") throw PreviewError.of(`${file}: is empty; ${HOW}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const place = syntaxErrorPlace(text, message);
    const reason = message.replace(/ (in JSON )?at position \d+.*$/, "").replace(/, (\.\.\.)?".*$/s, "");
    throw fileProblems([
      {
        file,
        line: place.line,
        message: `column ${place.column}: is not JSON: ${reason}; ${HOW}\n${excerpt(text, place)}`,
      },
    ]);
  }
  if (isDeeper(value, MAX_LEVELS))
    throw fileProblems([{ file, message: `is nested more than ${MAX_LEVELS} levels deep` }]);
  return value;
}

function problemsOf(value: unknown): JsonProblem[] {
  const { apiVersion, kind } = asObject(value);
  if (Array.isArray(asObject(value).steps) && kind === undefined)
    return [{ path: [], message: `is what pulumi preview --json writes; ${HOW}` }];
  if (kind !== "PreviewGraph") return [wrong("kind", kind, '"PreviewGraph"')];
  if (apiVersion !== "kiln/v1")
    return [wrong("apiVersion", apiVersion, '"kiln/v1", the only version that this Kiln reads')];
  const head = check(compile(HEAD, !isBig(asObject(value).defaultProviders)), value, []);
  if (head.length > 0) return head;
  const { resources, lookups } = value as PreviewGraph;
  return [...problemsIn("resources", resources), ...problemsIn("lookups", lookups), ...duplicates(resources)];
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function wrong(key: string, value: unknown, allowed: string): JsonProblem {
  const got = value === undefined ? "nothing" : JSON.stringify(value).slice(0, 60);
  return { path: [key], message: `${key} must be ${allowed}, got ${got}; ${HOW}` };
}

/** One by one, so that a file of a million mistakes fills no memory. */
function problemsIn(key: "resources" | "lookups", entries: (GraphResource | GraphLookup)[]): JsonProblem[] {
  const name = key === "resources" ? "GraphResource" : "GraphLookup";
  const shape = { ...lenient(schema.definitions[name]), definitions: DEFINITIONS };
  const [first, all] = [compile(shape, false), compile(shape)];
  const problems: JsonProblem[] = [];
  for (let at = 0; at < entries.length && problems.length <= MOST_PROBLEMS; at++)
    problems.push(...check(isBig(entries[at]) ? first : all, entries[at], [key, at]));
  return problems;
}

/** Of an entry with more values than this only the first mistake is told: each is many times as big as the value. */
const MOST_VALUES = 10_000;

function isBig(entry: unknown): boolean {
  const pending = [entry];
  for (let count = 0; pending.length > 0; count++) {
    const value = pending.pop();
    const members = typeof value === "object" && value !== null ? Object.values(value) : [];
    if (count + members.length > MOST_VALUES) return true;
    pending.push(...(members as unknown[]));
  }
  return false;
}

function duplicates(resources: unknown[]): JsonProblem[] {
  const seen = new Set<unknown>();
  const problems: JsonProblem[] = [];
  for (let at = 0; at < resources.length && problems.length <= MOST_PROBLEMS; at++) {
    const { urn } = asObject(resources[at]);
    if (typeof urn === "string" && seen.has(urn))
      problems.push({
        path: ["resources", at, "urn"],
        message: `resources.${at}.urn occurs twice: ${JSON.stringify(urn)}`,
      });
    seen.add(urn);
  }
  return problems;
}

function compile(one: object, allErrors = true): ValidateFunction {
  return new Ajv({ allErrors, verbose: true, allowUnionTypes: true }).compile(one);
}

function check(validate: ValidateFunction, value: unknown, prefix: (string | number)[]): JsonProblem[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).slice(0, MOST_PROBLEMS + 1).map((error) => describe(error, prefix));
}

function describe(error: ErrorObject, prefix: (string | number)[]): JsonProblem {
  const keys = error.instancePath.split("/").slice(1);
  const path = [...prefix, ...keys.map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"))];
  return { path, message: schemaMessage(error, path.length === 0 ? "the file" : path.join(".")) };
}

/** A newer Kiln may write more; any JSON is a value. */
function lenient<T extends object>(part: T): T {
  if (Array.isArray(part)) return part;
  const entries = Object.entries(part)
    .filter(([key, value]) => !(key === "additionalProperties" && value === false))
    .map(([key, value]: [string, unknown]) => [key, typeof value === "object" && value ? lenient(value) : value]);
  return Object.fromEntries(entries) as T;
}

const DEFINITIONS = { ...lenient(schema.definitions), GraphValue: {} };

function refusal(problems: JsonProblem[], text: string, file: string): PreviewError {
  const shown = problems.slice(0, MOST_PROBLEMS);
  const places = jsonPlaceOf(
    text,
    shown.map(({ path }) => path),
  );
  const rest = problems.length > shown.length ? [{ file, message: "more is wrong; the rest is left out" }] : [];
  return fileProblems([...shown.map(({ message }, at) => ({ file, line: places[at]?.line, message })), ...rest]);
}
