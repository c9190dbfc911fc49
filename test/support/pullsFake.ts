import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { type PullView, VIEWS } from "../../core/pulls/views";
import {
  type AnswerColumn,
  type BigQueryFake,
  type BigQueryOptions,
  type QueryAnswer,
  startBigQuery,
} from "../../testing/bigquery";
import { KILN, type Result, resultOf } from "../cli/command";
import { iso } from "./pullAnswers";
import { NOW } from "./pullYear";

/** The dataset of the tests. */
export const DATASET = "acme-logs.image_pull_logs";

/** A BigQuery with the dataset of the tests, as PullLogs makes it. */
export function startPulls(
  answer: BigQueryOptions["answer"],
  options: Partial<BigQueryOptions> = {},
): Promise<BigQueryFake> {
  const views = ["pulls", ...Object.values(VIEWS).map(({ name }) => name)].map((name) => ({
    name,
    type: "VIEW" as const,
  }));
  const tables = [{ name: "events", type: "TABLE" as const }, ...views];
  return startBigQuery({ datasets: { [DATASET]: { location: "EU", tables } }, answer, ...options });
}

/** Runs `kiln containers pulls` on that dataset, at the end of the year of the tests. */
export function pulls(fake: Pick<BigQueryFake, "url"> | undefined, ...args: string[]): Promise<Result> {
  const given = args.includes("--dataset") ? [] : ["--dataset", DATASET, "--until", iso(NOW)];
  const env = {
    ...{ PATH: process.env.PATH, HOME: "/nonexistent", GCE_METADATA_HOST: "127.0.0.1:9" },
    ...(fake ? { KILN_BIGQUERY_ENDPOINT: fake.url } : {}),
  };
  const child = spawn(process.execPath, [KILN, "containers", "pulls", ...given, ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return resultOf(child);
}

/** What each view's query has and no other one. */
const MARKS: Readonly<Record<PullView, string>> = {
  image: "AS first_pull",
  day: "AS day,",
  cluster: "last_third_party_pull",
  share: "of_cluster",
  budget: "six_hours",
  tracker: "done_since",
};

/** The view that a query asks. */
export function viewOf(sql: string): PullView {
  const [found] = Object.entries(MARKS).find(([, mark]) => sql.includes(mark)) ?? [];
  if (found === undefined) throw new Error(`no view is asked by ${sql}`);
  return found as PullView;
}

const TIMES = /(_pull|_at|_since|first_over|last_over)$/;

/** Rows as a query answers them. */
export function answerOf(rows: readonly object[]): QueryAnswer {
  const columns = Object.keys(rows[0] ?? {}).map((name) => columnOf(name, rows as Record<string, unknown>[]));
  return { columns, rows: rows as Record<string, unknown>[] };
}

function columnOf(name: string, rows: readonly Record<string, unknown>[]): AnswerColumn {
  const value = rows.map((row) => row[name]).find((one) => one !== null);
  const isList = Array.isArray(value);
  if (typeof value === "boolean") return { name, type: "BOOL", isList };
  if (typeof value === "number") return { name, type: name === "share" ? "FLOAT64" : "INT64", isList };
  return { name, type: TIMES.test(name) ? "TIMESTAMP" : /^(day|start)$/.test(name) ? "DATE" : "STRING", isList };
}

/** The first lines and the last ones. */
export function shortened(text: string): string {
  const lines = text.split("\n");
  return lines.length <= 40 ? text : [...lines.slice(0, 20), "…", ...lines.slice(-5)].join("\n");
}

/** What the table of a view must look like; a test of its printing and one of the whole command share it. */
export function goldenOf(view: PullView): string {
  return join(resolve(__dirname, "../cli/containers"), `pulls-${view}.golden.txt`);
}
