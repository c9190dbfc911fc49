import { visible } from "../../../preview/report/visible";

/** What spreadsheets take for a formula. https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r|]/;

/** Rows under their headings, as RFC 4180 has them; text that a spreadsheet would compute gets an apostrophe before it. */
export function csv(headings: readonly string[], rows: Iterable<readonly (string | number | undefined)[]>): string {
  const lines = [headings.join(",")];
  for (const row of rows) lines.push(row.map(cell).join(","));
  return lines.map((line) => `${line}\r\n`).join("");
}

function cell(value: string | number | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  const shown = visible(value);
  const text = FORMULA.test(shown) ? `'${shown}` : shown;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
