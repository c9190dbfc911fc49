import { visibleLine } from "../../preview/report/visible";

/** Longest cell of a table. */
const MOST_CELL = 300;

/** Text from the cloud on one line, with nothing in it that a terminal would obey. */
export function safe(text: string): string {
  return visibleLine(text, MOST_CELL);
}

/** Columns under their headings; the last one is as wide as it is. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, ...rows].map((row) => row.map(safe));
  const widths = headings.map((_, column) => lines.reduce((most, row) => Math.max(most, row[column].length), 0));
  const shown = lines.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join("  ")
      .trimEnd(),
  );
  return shown.map((line) => `${line}\n`).join("");
}

/** What JSON leaves as it is and a terminal, or a reader's eye, would obey. */
const OBEYED = /[\u007f-\u009f\u2028\u2029\p{Cf}]/gu;

/** A document for programs. */
export function json(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  return `${text.replace(OBEYED, (one) => [...Array(one.length).keys()].map((at) => unit(one, at)).join(""))}\n`;
}

function unit(text: string, at: number): string {
  return `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`;
}

/** Day and time of a timestamp, as a table shows it. */
export function shortTime(timestamp: string): string {
  return timestamp.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*$/, "$1 $2");
}

/** `1 image`, `2 images`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
