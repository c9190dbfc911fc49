import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Column } from "../../core/pulls/events";
import { freePort } from "./ports";
import { describeWithTools, TOOLS } from "./tools";

const NAME = "zetasql/node_modules/@fivetrandevelopers/zetasql";
const PACKAGE = join(TOOLS, NAME);

/** A value of a row, as programs hold it; times are milliseconds since 1970. */
export type Cell = string | number | boolean | null | undefined | Cell[] | { [field: string]: Cell };

/** A row by the names of its columns. */
export type Row = Record<string, Cell>;

/** A column of a result. */
export interface ResultColumn {
  name: string;
  /** As BigQuery calls it: `STRING`, `INT64`, `TIMESTAMP`. */
  type: string;
  /** Whether it holds a list. */
  isList: boolean;
}

/** What a query answers: timestamps in RFC 3339, days as `2026-11-01`, whole numbers as numbers. */
export interface QueryResult {
  columns: ResultColumn[];
  rows: Record<string, unknown>[];
}

/** A table that queries read. */
export interface SqlTable {
  columns: readonly Column[];
  rows: readonly Row[];
  /** Columns that `*` leaves out. */
  pseudo?: readonly string[];
}

/** Suites that need GoogleSQL, which `.ci/tools` installs, are skipped where it is missing. */
export function describeWithGoogleSql(title: string, suite: (this: Mocha.Suite) => void): void {
  describeWithTools([NAME], title, suite);
}

type Call = (request: object, done: (error: Error | null, answer: EvaluateAnswer) => void) => void;

interface Client {
  getInstance(): { getLanguageOptions(request: object): Promise<object> };
  init(port: number): void;
  API: { evaluateQuery: Call; close(): void };
}

/** Google's reference implementation of GoogleSQL as a process of its own. https://github.com/google/googlesql */
export class GoogleSql {
  private constructor(
    private readonly server: ChildProcess,
    private readonly client: Client,
    private readonly languageOptions: object,
  ) {}

  static async start(): Promise<GoogleSql> {
    const port = await freePort();
    const program = join(PACKAGE, "lib/zetasql/remote_server.so");
    const server = spawn(program, ["localhost", String(port)], { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).once("exit", (code) => reject(new Error(`GoogleSQL ended with ${code}`)));
      server.stdout.on("data", (said: Buffer) => said.includes("listening") && resolve());
    });
    const { ZetaSQLClient: client } = createRequire(__filename)(PACKAGE) as { ZetaSQLClient: Client };
    client.init(port);
    const options = await client.getInstance().getLanguageOptions({ maximumFeatures: true });
    return new GoogleSql(server, client, options);
  }

  /** Runs a query over these tables. */
  async query(sql: string, tables: Readonly<Record<string, SqlTable>> = {}): Promise<QueryResult> {
    const { languageOptions } = this;
    const named = Object.entries(tables);
    const request = {
      sql,
      options: { languageOptions, defaultTimezone: "UTC" },
      simpleCatalog: {
        name: "bigquery",
        builtinFunctionOptions: { languageOptions },
        table: named.map(([name, table]) => ({
          name,
          column: table.columns.map((one) => declared(one, table.pseudo)),
        })),
      },
      tableContent: Object.fromEntries(named.map(([name, table]) => [name, { tableData: contentOf(table) }])),
    };
    const answer = await new Promise<EvaluateAnswer>((resolve, reject) =>
      this.client.API.evaluateQuery(request, (error, value) => (error ? reject(error) : resolve(value))),
    );
    return resultOf(answer);
  }

  async stop(): Promise<void> {
    this.client.API.close();
    const exited = once(this.server, "exit");
    this.server.kill("SIGKILL");
    await exited;
  }
}

function declared(column: Column, pseudo: readonly string[] = []): object {
  return { name: column.name, type: typeOf(column), ...(pseudo.includes(column.name) ? { isPseudoColumn: true } : {}) };
}

function typeOf({ type, fields = [] }: Column): object {
  if (type !== "RECORD") return { typeKind: type === "FLOAT" ? "TYPE_DOUBLE" : `TYPE_${type}` };
  const field = fields.map((one) => ({ fieldName: one.name, fieldType: typeOf(one) }));
  return { typeKind: "TYPE_STRUCT", structType: { field } };
}

function contentOf({ columns, rows }: SqlTable): object {
  return { row: rows.map((row) => ({ cell: columns.map((column) => valueOf(column, row[column.name])) })) };
}

function valueOf({ type, fields = [] }: Column, cell: Cell): object {
  if (cell === null || cell === undefined) return {};
  switch (type) {
    case "STRING":
      return { stringValue: cell };
    case "FLOAT":
      return { doubleValue: cell };
    case "TIMESTAMP": {
      const seconds = Math.floor((cell as number) / 1000);
      return { timestampValue: { seconds: String(seconds), nanos: ((cell as number) - seconds * 1000) * 1_000_000 } };
    }
    case "RECORD":
      return { structValue: { field: fields.map((one) => valueOf(one, (cell as Row)[one.name])) } };
  }
}

interface Answered {
  stringValue?: string;
  int64Value?: { toString(): string };
  doubleValue?: number;
  boolValue?: boolean;
  dateValue?: number;
  timestampValue?: { seconds: { toString(): string }; nanos: number };
  arrayValue?: { element: Answered[] };
}

interface EvaluateAnswer {
  content: { tableData: { row: { cell: Answered[] }[] } };
  prepared: { columns: { name: string; type: AnsweredType }[] };
}

interface AnsweredType {
  typeKind: number;
  arrayType: { elementType: AnsweredType } | null;
}

/** Numbers of the types that the views answer with. https://github.com/google/googlesql/blob/master/googlesql/public/type.proto */
const KINDS: Readonly<Record<number, string>> = {
  2: "INT64",
  5: "BOOL",
  7: "FLOAT64",
  8: "STRING",
  10: "DATE",
  19: "TIMESTAMP",
};

function resultOf({ content, prepared }: EvaluateAnswer): QueryResult {
  const columns = prepared.columns.map(({ name, type }) => {
    const { typeKind } = type.arrayType?.elementType ?? type;
    return { name, type: KINDS[typeKind] ?? `kind ${typeKind}`, isList: type.arrayType !== null };
  });
  const rows = content.tableData.row.map(({ cell }) =>
    Object.fromEntries(columns.map(({ name, isList }, at) => [name, isList ? listOf(cell[at]) : plain(cell[at])])),
  );
  return { columns, rows };
}

/** A list that is NULL is empty in BigQuery's answers. */
function listOf({ arrayValue }: Answered): unknown[] {
  return (arrayValue?.element ?? []).map(plain);
}

function plain(value: Answered): unknown {
  const { stringValue, int64Value, doubleValue, boolValue, dateValue, timestampValue } = value;
  if (int64Value !== undefined) return Number(int64Value.toString());
  if (dateValue !== undefined) return new Date(dateValue * 86_400_000).toISOString().slice(0, 10);
  if (timestampValue) {
    const milliseconds = Number(timestampValue.seconds.toString()) * 1000 + timestampValue.nanos / 1_000_000;
    return new Date(milliseconds).toISOString();
  }
  return stringValue ?? doubleValue ?? boolValue ?? null;
}
