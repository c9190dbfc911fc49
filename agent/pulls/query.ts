import { type BigQuery } from "@google-cloud/bigquery/build/src/bigquery";
import { failureOf } from "../failure";
import { type Host } from "../host";
import { type Retry } from "../retry";

/** A query that only reads. */
export interface ReadQuery {
  sql: string;
  /** Of the dataset. */
  location: string;
  /** A query that would read more is refused, and costs nothing. */
  mostBytes: number;
  /** Labels of the job, by which it is found on the bill. */
  labels: Record<string, string>;
}

/** A row by its columns; times and days are text. */
export type QueryRow = Record<string, unknown>;

/** How a query is run. */
export interface QueryRunner {
  bigQuery: BigQuery;
  host: Host;
  retry: Retry;
  /** Aborted by Ctrl-C: the query is cancelled. */
  signal?: AbortSignal;
}

/** Rows of one page. */
const PAGE_ROWS = 10_000;

/** A query over pull logs takes seconds; the job ends itself after this. */
const MOST_MILLISECONDS = 5 * 60_000;

/** BigQuery itself waits ten seconds before it says that a query still runs. */
const BETWEEN_LOOKS = 250;

/** The job of a query, as the client has it. */
type Job = ReturnType<BigQuery["job"]>;

/** Runs a query to its end, and reads all of its rows. https://cloud.google.com/bigquery/docs/running-queries */
export async function runQuery(runner: QueryRunner, query: ReadQuery): Promise<QueryRow[]> {
  const job = await begun(runner, query);
  const all: QueryRow[] = [];
  for (let pageToken: string | undefined; ;) {
    if (runner.signal?.aborted) await job.cancel();
    runner.signal?.throwIfAborted();
    const page = await runner.retry(() => pageOf(job, pageToken));
    for (const row of page.rows) all.push(row);
    if (page.isComplete && page.next === undefined) return all;
    if (page.isComplete) pageToken = page.next;
    else await runner.host.sleep(BETWEEN_LOOKS);
  }
}

/** The job has a name of ours, so that one that was begun by a call without an answer is not begun again. */
async function begun({ bigQuery, host, retry }: QueryRunner, query: ReadQuery): Promise<Job> {
  const jobId = `kiln-pulls-${host.uuid()}`;
  const { sql, location, mostBytes, labels } = query;
  try {
    await retry(() =>
      bigQuery.createQueryJob({
        ...{ query: sql, location, labels, jobId, useLegacySql: false, jobTimeoutMs: MOST_MILLISECONDS },
        maximumBytesBilled: String(mostBytes),
      }),
    );
  } catch (error) {
    if (failureOf(error).status !== 409) throw error;
  }
  return bigQuery.job(jobId, { location });
}

interface QueryPage {
  rows: QueryRow[];
  isComplete: boolean;
  next?: string;
}

async function pageOf(job: Job, pageToken: string | undefined): Promise<QueryPage> {
  const options = { autoPaginate: false, maxResults: PAGE_ROWS, ...(pageToken === undefined ? {} : { pageToken }) };
  const [rows, , response] = await job.getQueryResults(options);
  return {
    rows: (rows as QueryRow[]).map(plain),
    isComplete: response?.jobComplete !== false,
    ...(response?.pageToken ? { next: response.pageToken } : {}),
  };
}

/** The client wraps times and days. */
function plain(row: QueryRow): QueryRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, unwrapped(value)]));
}

function unwrapped(value: unknown): unknown {
  const isWrapped = typeof value === "object" && value !== null && "value" in value;
  return isWrapped ? value.value : value;
}
