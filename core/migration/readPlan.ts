import { problemsOfDocument } from "../documents/document";
import { type Fields } from "../documents/fields";
import { readYaml } from "../documents/yamlText";
import { projectId, repositoryId } from "../names";
import { registryLocation } from "../registry/addresses";
import { all, oneOf, text, wholeBetween } from "../rules";
import { imageProblems } from "./imageProblems";
import { type MigrationPlanDocument, MigrationMode } from "./migrationPlan";
import { digestRule, pathRule, platforms, prefixRule, sources, timestamp } from "./planRules";
import { ruleProblems } from "./ruleProblems";

/** What is wrong with a plan, at one place of its file. */
export interface PlanProblem {
  file: string;
  /** From 1. */
  line?: number;
  /** From 1. */
  column?: number;
  /** The field, such as `spec.images.3.destination`; nothing for the whole file. */
  path?: string;
  /** Says rule, value and fix. */
  message: string;
}

/** A file that should be a plan. */
export interface PlanText {
  /** Its path, for messages. */
  file: string;
  text: string;
  /** Whether destinations are left unjudged, for who makes them anew. */
  anyDestination?: boolean;
}

/** A plan as it was read: either it is right, or it says all that is wrong. */
export interface ReadPlan {
  document?: MigrationPlanDocument;
  problems: PlanProblem[];
}

/** Reads the file of a plan, and tells all that is wrong with it at once. */
export function readPlan({ file, text: source, anyDestination = false }: PlanText): ReadPlan {
  const { value, problems, placeOf } = readYaml(source);
  if (problems.length > 0) return { problems: problems.map((problem) => ({ file, ...problem })) };
  const shape = problemsOfDocument(value, "MigrationPlan", FIELDS);
  const document = value as MigrationPlanDocument;
  const found = shape.length > 0 ? shape : [...ruleProblems(document), ...imageProblems(document, anyDestination)];
  if (found.length === 0) return { document, problems: [] };
  return {
    problems: found.slice(0, MOST_PROBLEMS).map(({ path, message }) => ({
      ...{ file, ...placeOf(path) },
      ...(path.length > 0 ? { path: path.join(".") } : {}),
      message,
    })),
  };
}

/** A problem as one line for people. */
export function planProblemText({ file, line, column, path, message }: PlanProblem): string {
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  return `${place}: ${path === undefined ? "" : `${path} `}${message}`;
}

/** More problems of one file help nobody. */
const MOST_PROBLEMS = 100;

/** More than any registry has seen. */
const MOST_COUNT = 1_000_000_000_000;

const count = wholeBetween(0, MOST_COUNT, "of them");

const RULE_FIELDS: Fields = {
  prefix: { rule: prefixRule, example: "docker.io" },
  repository: { rule: repositoryId, example: "docker-io" },
  path: { rule: pathRule },
  remote: { rule: repositoryId },
  mode: { rule: oneOf(Object.values(MigrationMode)) },
};

const IMAGE_FIELDS: Fields = {
  source: { rule: text, example: "docker.io/library/nginx:1.25" },
  destination: { rule: text, example: "europe-west1-docker.pkg.dev/acme-images/docker-io/library/nginx:1.25" },
  mode: { rule: oneOf(Object.values(MigrationMode)), example: MigrationMode.Copy },
  reason: { rule: text, example: "it is pinned" },
  digest: { rule: digestRule },
  platforms: { rule: platforms },
  batch: { rule: wholeBetween(1, MOST_COUNT, "of them"), example: 1 },
  uses: { rule: count, example: 1 },
  running: { rule: count },
  pulls: { rule: count },
  lastPull: { rule: timestamp },
};

const FIELDS: Fields = {
  spec: {
    fields: {
      destination: {
        fields: {
          location: { rule: registryLocation, example: "europe-west1" },
          project: { rule: all(text, projectId), example: "acme-images" },
        },
        example: { location: "europe-west1", project: "acme-images" },
      },
      rules: { items: RULE_FIELDS, example: [{ prefix: "docker.io", repository: "docker-io" }] },
      images: { items: IMAGE_FIELDS, example: [] },
      unused: { rule: sources },
    },
  },
};
