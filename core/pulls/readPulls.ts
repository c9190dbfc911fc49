import { problemsOfDocument } from "../documents/document";
import { type Fields } from "../documents/fields";
import { readYaml } from "../documents/yamlText";
import { timestamp } from "../migration/planRules";
import { canonicalName, readReference } from "../reference/reference";
import { type Rule, shown, text, trueOrFalse, wholeBetween } from "../rules";
import { type ImagePullsReport } from "./pullsReport";

/** What is wrong with a report, at one place of its file. */
export interface PullsProblem {
  file: string;
  /** From 1. */
  line?: number;
  /** From 1. */
  column?: number;
  /** The field, such as `images.3.pulls`; nothing for the whole file. */
  path?: string;
  /** Says rule, value and fix. */
  message: string;
}

/** A report as it was read: either it is right, or it says all that is wrong. */
export interface ReadPulls {
  document?: ImagePullsReport;
  problems: PullsProblem[];
}

/** More problems of one file help nobody. */
const MOST_PROBLEMS = 100;

const count = wholeBetween(0, Number.MAX_SAFE_INTEGER, "pulls");

const canonical: Rule<string> = (value) => {
  const { reference, problem } = typeof value === "string" ? readReference(value) : { problem: undefined };
  if (!reference) return `${problem ?? "must be the name of an image"}, got ${shown(value)}`;
  const whole = canonicalName(reference);
  return whole === value ? undefined : `must be the whole name ${shown(whole)}, got ${shown(value)}`;
};

const texts: Rule<unknown> = (value) =>
  Array.isArray(value) && value.every((one) => typeof one === "string")
    ? undefined
    : `must be a list of texts, got ${shown(value)}`;

const IMAGE: Fields = {
  image: { rule: canonical, example: "docker.io/library/nginx:1.25" },
  registry: { rule: text, example: "docker.io" },
  thirdParty: { rule: trueOrFalse, example: true },
  pulls: { rule: count, example: 1 },
  firstPull: { rule: timestamp, example: "2026-11-01T12:00:00.000Z" },
  lastPull: { rule: timestamp, example: "2026-11-20T12:00:00.000Z" },
  clusters: { rule: texts, example: ["acme-shop/europe-west1/shop"] },
  namespaces: { rule: texts, example: ["shop"] },
};

const FIELDS: Fields = {
  dataset: { rule: text, example: "acme-logs.image_pull_logs" },
  from: { rule: timestamp, example: "2026-10-21T12:00:00.000Z" },
  to: { rule: timestamp, example: "2026-11-20T12:00:00.000Z" },
  unreadable: { rule: count, example: 0 },
  images: { items: IMAGE, example: [] },
};

/** Reads what `kiln containers pulls --format json` printed, and tells all that is wrong with it at once. */
export function readPulls(file: string, source: string): ReadPulls {
  const { value, problems, placeOf } = readYaml(source);
  if (problems.length > 0) return { problems: problems.map((problem) => ({ file, ...problem })) };
  const found = problemsOfDocument(value, "ImagePullsReport", FIELDS, repeated);
  if (found.length === 0) return { document: value as ImagePullsReport, problems: [] };
  return {
    problems: found.slice(0, MOST_PROBLEMS).map(({ path, message }) => ({
      ...{ file, ...placeOf(path) },
      ...(path.length > 0 ? { path: path.join(".") } : {}),
      message,
    })),
  };
}

function repeated(value: Record<string, unknown>): { path: string[]; message: string }[] {
  const first = new Map<unknown, number>();
  const images = Array.isArray(value.images) ? (value.images as { image?: unknown }[]) : [];
  return images.flatMap((one, at) => {
    const before = first.get(one?.image);
    first.set(one?.image, before ?? at);
    const path = ["images", String(at), "image"];
    return before === undefined ? [] : [{ path, message: `is that of images.${before} too: add them up in one` }];
  });
}
