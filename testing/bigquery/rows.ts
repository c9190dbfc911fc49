/** A column of a result, by the names of GoogleSQL. */
export interface AnswerColumn {
  name: string;
  type: string;
  /** Whether it holds a list. */
  isList: boolean;
}

/** What a query answers: timestamps in RFC 3339, days as `2026-11-01`. */
export interface QueryAnswer {
  columns: AnswerColumn[];
  rows: Record<string, unknown>[];
  /** What the query reads. @default 0 */
  bytes?: number;
}

/** Names that the API has for types since before GoogleSQL. */
const LEGACY: Readonly<Record<string, string>> = { INT64: "INTEGER", FLOAT64: "FLOAT", BOOL: "BOOLEAN" };

/** A result's schema as the API answers it. https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#TableSchema */
export function schemaOf(columns: readonly AnswerColumn[]): object {
  return {
    fields: columns.map(({ name, type, isList }) => ({
      ...{ name, type: LEGACY[type] ?? type, mode: isList ? "REPEATED" : "NULLABLE" },
    })),
  };
}

/** A row as the API answers it: `f` and `v`, and all values as text. */
export function rowOf(columns: readonly AnswerColumn[], row: Readonly<Record<string, unknown>>): object {
  return {
    f: columns.map(({ name, type, isList }) => {
      const value = row[name];
      return { v: isList ? (value as unknown[]).map((one) => ({ v: cell(type, one) })) : cell(type, value) };
    }),
  };
}

function cell(type: string, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (type === "TIMESTAMP") return `${Date.parse(value as string)}000`;
  return typeof value === "string" ? value : JSON.stringify(value);
}
