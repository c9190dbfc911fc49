import { EVENTS_TABLE } from "../../core/pulls/events";
import { periodSql, type PullsScope, pullsQuery } from "../../core/pulls/pullsQuery";
import { indented, sqlTable, sqlTime } from "../../core/pulls/sqlText";
import { type PullView, PULLS_VIEW, VIEWS } from "../../core/pulls/views";
import { FIRST_PARTY } from "../../core/scan/parties";
import { type DatasetName, type PullTables, pullTables } from "./datasetTables";
import { type QueryRow, type QueryRunner, runQuery } from "./query";

/** What is asked about pulls. */
export interface PullQuestion {
  dataset: DatasetName;
  view: PullView;
  /** Pulls since then; milliseconds since 1970. */
  since: number;
  /** Pulls before then, as if it were asked at that moment; milliseconds since 1970. */
  until: number;
  /** What names of one's own begin with besides Artifact Registry's; nothing to take what the dataset's views say. */
  firstParty?: readonly string[];
  /** The most that the query may read. */
  mostBytes: number;
}

/** What the dataset answers. */
export interface PullAnswer {
  /** Rows of the view; nothing where the dataset has no table that Cloud Logging writes pulls to. */
  rows?: QueryRow[];
  /** What was read, with what the reader should know of it. */
  tables: PullTables;
  /** Whether the answer comes from the dataset's own views. */
  fromView: boolean;
}

const LABELS = { tool: "kiln", command: "containers-pulls" };

/**
 * Asks about pulls: through the view `pulls`, which knows what is first-party, where the dataset has one, and from the
 * tables of Cloud Logging otherwise.
 */
export async function readPullView(runner: QueryRunner, question: PullQuestion): Promise<PullAnswer> {
  const { dataset, view, until, mostBytes } = question;
  const tables = await pullTables(runner.bigQuery, dataset, runner.retry);
  const fromView = tables.hasView && question.firstParty === undefined;
  if (!fromView && !tables.hasEvents && tables.shards === 0) return { tables, fromView };
  const sql = VIEWS[view].sql(fromView ? overView(question) : overTables(question, tables), sqlTime(until));
  const rows = await runQuery(runner, { sql, location: tables.location, mostBytes, labels: LABELS });
  return { rows, tables, fromView };
}

function overView({ dataset, since, until }: PullQuestion): string {
  const view = sqlTable(dataset.project, dataset.dataset, PULLS_VIEW);
  return `(SELECT * FROM ${view} WHERE TRUE${periodSql("time", since, until)})`;
}

function overTables(
  { dataset, since, until, firstParty = [] }: PullQuestion,
  { hasEvents, shards }: PullTables,
): string {
  const name = (table: string) => [sqlTable(dataset.project, dataset.dataset, table)];
  const scope: PullsScope = {
    tables: hasEvents ? name(EVENTS_TABLE) : [],
    shards: shards > 0 ? name(`${EVENTS_TABLE}_*`) : [],
    firstParty: [...FIRST_PARTY, ...firstParty],
    since,
    until,
  };
  return `(\n${indented(pullsQuery(scope))}\n)`;
}
