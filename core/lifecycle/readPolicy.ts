import { jsonPlaceOf, repeatedKeys, syntaxErrorPlace, type TextPlace } from "../jsonPlace";
import { labels, projectId } from "../names";
import { type Rule, shown, text } from "../rules";
import { problemsOfDocument } from "../documents/document";
import { type FieldProblem, type Fields, isObject, ofObjects } from "../documents/fields";
import {
  DEFAULT_LIFECYCLE,
  familyName,
  type FamilyPolicyDocument,
  LIFECYCLE_RULES,
  lifecycleOrder,
} from "./familyPolicy";
import { DEFAULT_PROJECT_LIFECYCLE, PROJECT_LIFECYCLE_RULES, type ProjectPolicyDocument } from "./projectPolicy";

/** A policy document is under a kilobyte; bigger objects are none, and are not read. */
export const MOST_POLICY_BYTES = 64 * 1024;

/** A text that should be a policy document. */
export interface PolicyText {
  /** Name of the object in the bucket, or path of the file. */
  object: string;
  text: string;
  /** Project whose images are looked after. */
  project: string;
}

/** What is wrong with a policy document, at one place of it. */
export interface PolicyProblem {
  /** Name of the object in the bucket, or path of the file. */
  object: string;
  /**
   * From 1.
   * @asType integer
   */
  line?: number;
  /**
   * From 1.
   * @asType integer
   */
  column?: number;
  /** The field, such as `spec.deleteAfter`; nothing for the whole document. */
  path?: string;
  /** Says rule, value and fix. */
  message: string;
}

/** A document as it was read: either it is right, or it says what is wrong. */
export interface ReadDocument<T> {
  document?: T;
  problems: PolicyProblem[];
}

/** Reads the document of a family's policy, and tells all that is wrong with it at once. */
export function readFamilyPolicy(source: PolicyText): ReadDocument<FamilyPolicyDocument> {
  return read<FamilyPolicyDocument>(source, "FamilyPolicy", {
    metadata: {
      fields: {
        family: { rule: familyName, example: "web" },
        project: projectField(source.project),
        description: { rule: text },
      },
    },
    spec: { fields: fieldsOf(LIFECYCLE_RULES, DEFAULT_LIFECYCLE) },
  });
}

/** Reads the document of a project's policy, and tells all that is wrong with it at once. */
export function readProjectPolicy(source: PolicyText): ReadDocument<ProjectPolicyDocument> {
  return read<ProjectPolicyDocument>(source, "ProjectPolicy", {
    metadata: { fields: { project: projectField(source.project) } },
    spec: { fields: fieldsOf(PROJECT_LIFECYCLE_RULES, DEFAULT_PROJECT_LIFECYCLE) },
  });
}

/** A problem as one line for people. */
export function policyProblemText({ object, line, column, path, message }: PolicyProblem): string {
  const place = line === undefined ? object : `${object}:${line}:${column}`;
  return `${place}: ${path ? `${path} ` : ""}${message}`;
}

function read<T>({ object, text }: PolicyText, kind: string, fields: Fields): ReadDocument<T> {
  if (text.length > MOST_POLICY_BYTES) return { problems: [{ object, message: tooBig(text.length) }] };
  if (isTooDeep(text)) return { problems: [{ object, message: `must not nest more than ${MOST_LEVELS} levels` }] };
  const parsed = parse(text);
  if ("message" in parsed) return { problems: [{ object, ...parsed.place, message: parsed.message }] };
  const repeated = repeatedKeys(text).map((place) => ({
    ...{ object, ...place },
    message: "is a key that its object has had before: take one of them away",
  }));
  const found = problemsOfDocument(parsed.value, kind, fields, orderProblems);
  const places = jsonPlaceOf(
    text,
    found.map(({ path }) => path),
  );
  const problems = found.map(({ path, message }, index) => ({
    ...{ object, ...places[index] },
    ...(path.length > 0 ? { path: path.join(".") } : {}),
    message,
  }));
  const all = [...problems, ...repeated];
  return all.length > 0 ? { problems: all } : { document: parsed.value as T, problems: [] };
}

/** What an object that is too big is told. */
export function tooBig(bytes: number): string {
  return `must have at most ${MOST_POLICY_BYTES} bytes, as no policy needs more, got ${bytes}`;
}

/** A policy has three levels; what nests deeper by the thousand would exhaust the stack. */
const MOST_LEVELS = 20;

function isTooDeep(text: string): boolean {
  let level = 0;
  const brackets = text.replace(/"(?:\\.|[^"\\])*"/g, "").match(/[[{\]}]/g) ?? [];
  return brackets.some((bracket) => (level += bracket === "[" || bracket === "{" ? 1 : -1) > MOST_LEVELS);
}

function parse(source: string): { value: unknown } | { place: TextPlace; message: string } {
  const text = source.startsWith("\uFEFF") ? source.slice(1) : source;
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const { message } = error as Error;
    const reason = text.trim() === "" ? "it is empty" : message;
    return { place: syntaxErrorPlace(text, message), message: `must be JSON: ${reason}` };
  }
}

function orderProblems({ spec }: Record<string, unknown>): FieldProblem[] {
  const message = isObject(spec) ? lifecycleOrder(spec) : undefined;
  return message === undefined ? [] : [{ path: ["spec", "deleteAfter"], message }];
}

function projectField(project: string): { rule: Rule<never>; example: string } {
  const rule: Rule<string> = (value) => {
    const shape = projectId(value);
    if (shape !== undefined || value === project) return shape;
    return `must be ${shown(project)}, the project whose images the controller of this bucket looks after, got ${shown(value)}`;
  };
  return { rule, example: project };
}

/** Fields that a default holds must be written; the others may be. */
function fieldsOf(rules: Record<string, Rule<never>>, defaults: object): Fields {
  const examples = new Map<string, unknown>(Object.entries(defaults));
  return Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => [
      name,
      { rule: name === "excludeLabels" ? ofObjects(labels) : rule, example: examples.get(name) },
    ]),
  );
}
