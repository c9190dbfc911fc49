import { ApiError } from "./apiError";
import { type BigQueryOptions } from "./fake";
import { type QueryAnswer, rowOf, schemaOf } from "./rows";
import { type InsertedJob, jobProblems, resultsProblems, tablesProblems } from "./shapes";

/** What is answered. */
export type Reply = object;

/** What the methods work on. */
export interface BigQueryState {
  options: BigQueryOptions;
  jobs: Map<string, RunningJob>;
  queries: string[];
  violations: string[];
}

interface RunningJob {
  job: InsertedJob;
  /** Answers that still say that it runs. */
  polls: number;
  isCancelled: boolean;
  answer?: Promise<QueryAnswer>;
}

/** A method of the API. */
export interface Route {
  verb: string;
  path: RegExp;
  /** As the API's reference calls it. */
  name: string;
  answer: (state: BigQueryState, parts: string[], query: URLSearchParams, body: unknown) => Reply | Promise<Reply>;
}

const PROJECT = "^/bigquery/v2/projects/([^/]+)";

/** The methods that Kiln calls. */
export const ROUTES: readonly Route[] = [
  { verb: "GET", path: new RegExp(`${PROJECT}/datasets/([^/]+)$`), name: "datasets.get", answer: getDataset },
  { verb: "GET", path: new RegExp(`${PROJECT}/datasets/([^/]+)/tables$`), name: "tables.list", answer: listTables },
  { verb: "POST", path: new RegExp(`${PROJECT}/jobs$`), name: "jobs.insert", answer: insertJob },
  { verb: "GET", path: new RegExp(`${PROJECT}/queries/([^/]+)$`), name: "jobs.getQueryResults", answer: getResults },
  { verb: "POST", path: new RegExp(`${PROJECT}/jobs/([^/]+)/cancel$`), name: "jobs.cancel", answer: cancelJob },
];

function datasetOf({ options }: BigQueryState, project: string, dataset: string) {
  const name = `${project}.${dataset}`;
  if (Object.hasOwn(options.datasets, name)) return options.datasets[name];
  throw new ApiError(404, "notFound", `Not found: Dataset ${project}:${dataset}`);
}

function getDataset(state: BigQueryState, [projectId, datasetId]: string[]): Reply {
  const { location } = datasetOf(state, projectId, datasetId);
  return { kind: "bigquery#dataset", datasetReference: { projectId, datasetId }, location };
}

function listTables(state: BigQueryState, [projectId, datasetId]: string[], query: URLSearchParams): Reply {
  refuse(state, tablesProblems(query));
  const { tables } = datasetOf(state, projectId, datasetId);
  const { items, nextPageToken } = pageOf(tables, query, state.options.pageSize);
  const listed = items.map(({ name, type }) => ({
    ...{ kind: "bigquery#table", id: `${projectId}:${datasetId}.${name}`, type },
    tableReference: { projectId, datasetId, tableId: name },
  }));
  return {
    kind: "bigquery#tableList",
    totalItems: tables.length,
    tables: listed,
    ...nextPage(nextPageToken, "nextPageToken"),
  };
}

function insertJob(state: BigQueryState, [projectId]: string[], _: URLSearchParams, body: unknown): Reply {
  const problems = jobProblems(body);
  refuse(state, problems);
  const job = body as InsertedJob;
  const { jobId } = job.jobReference;
  if (job.jobReference.projectId !== projectId)
    refuse(state, ["jobReference.projectId must be the project of the path"]);
  if (state.jobs.has(jobId)) throw new ApiError(409, "duplicate", `Already Exists: Job ${projectId}:${jobId}`);
  state.jobs.set(jobId, { job, polls: state.options.polls ?? 0, isCancelled: false });
  state.queries.push(job.configuration.query.query);
  return { kind: "bigquery#job", ...job, status: { state: "RUNNING" } };
}

function jobOf({ jobs }: BigQueryState, projectId: string, jobId: string, location: string | null): RunningJob {
  const running = jobs.get(jobId);
  const reference = running?.job.jobReference;
  if (running && reference?.projectId === projectId && reference.location === location) return running;
  throw new ApiError(404, "notFound", `Not found: Job ${projectId}:${jobId}`);
}

async function getResults(state: BigQueryState, [projectId, jobId]: string[], query: URLSearchParams): Promise<Reply> {
  refuse(state, resultsProblems(query));
  const running = jobOf(state, projectId, jobId, query.get("location"));
  const { job, isCancelled } = running;
  const kind = "bigquery#getQueryResultsResponse";
  if (isCancelled) throw new ApiError(400, "stopped", "Job execution was cancelled: User requested cancellation");
  if (running.polls-- > 0) return { kind, jobReference: job.jobReference, jobComplete: false };
  const { columns, rows, bytes = 0 } = await (running.answer ??= answerTo(state, job));
  const most = Number(job.configuration.query.maximumBytesBilled ?? Infinity);
  if (bytes > most)
    throw new ApiError(
      400,
      "bytesBilledLimitExceeded",
      `Query exceeded limit for bytes billed: ${most}. ${bytes} or higher required.`,
    );
  const { items, nextPageToken } = pageOf(rows, query, state.options.pageSize);
  return {
    ...{ kind, jobReference: job.jobReference, jobComplete: true, totalRows: String(rows.length) },
    ...{ schema: schemaOf(columns), rows: items.map((row) => rowOf(columns, row)) },
    ...nextPage(nextPageToken, "pageToken"),
  };
}

async function answerTo({ options }: BigQueryState, { configuration }: InsertedJob): Promise<QueryAnswer> {
  return options.answer(configuration.query.query);
}

function cancelJob(state: BigQueryState, [projectId, jobId]: string[], query: URLSearchParams): Reply {
  const running = jobOf(state, projectId, jobId, query.get("location"));
  running.isCancelled = true;
  return { kind: "bigquery#jobCancelResponse", job: running.job };
}

function refuse(state: BigQueryState, problems: readonly string[]): void {
  if (problems.length === 0) return;
  state.violations.push(...problems);
  throw new ApiError(400, "invalid", problems.join("; "));
}

function pageOf<T>(all: readonly T[], query: URLSearchParams, most = 1000) {
  const start = Number(query.get("pageToken")?.replace("from-", "") ?? 0);
  const end = start + Math.min(most, Number(query.get("maxResults") ?? most));
  return { items: all.slice(start, end), nextPageToken: end < all.length ? `from-${end}` : undefined };
}

function nextPage(token: string | undefined, field: string): object {
  return token === undefined ? {} : { [field]: token };
}
