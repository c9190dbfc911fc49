/**
 * Text as GoogleSQL writes it, whatever is in it: what would end it, begin an escape or break a line is escaped.
 * https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#string_and_bytes_literals
 */
export function sqlText(text: string): string {
  const escaped = text.replace(/[\\'"`\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (one) =>
    /[\\'"`]/.test(one) ? `\\${one}` : `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `'${escaped}'`;
}

/** A regular expression as a raw string. https://github.com/google/re2/wiki/Syntax */
export function sqlPattern(source: string): string {
  if (/['\n]/.test(source)) throw new Error(`a pattern must have no quote and no line break: ${source}`);
  return `r'${source}'`;
}

/** A table or view by its whole name. */
export function sqlTable(project: string, dataset: string, table: string): string {
  const name = `${project}.${dataset}.${table}`;
  if (/[`\\\n]/.test(name)) throw new Error(`a table's name must have no backtick, backslash or line break: ${name}`);
  return `\`${name}\``;
}

/** A moment in UTC. */
export function sqlTime(milliseconds: number): string {
  return `TIMESTAMP ${sqlText(new Date(milliseconds).toISOString())}`;
}

/** Lines of a part of a query, further to the right. */
export function indented(sql: string, by = "  "): string {
  return sql.replace(/^(?=.)/gm, by);
}
