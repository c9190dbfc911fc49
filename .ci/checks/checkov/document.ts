import { readFileSync } from "node:fs";

/** Rows of the table under a heading of a Markdown file, without those of its head. */
export function tableUnder(heading: string, file: string): string[][] {
  const lines = readFileSync(file, "utf8").split("\n");
  const start = lines.indexOf(`## ${heading}`);
  if (start < 0) throw new Error(`${file} has no heading "${heading}"`);
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith("## "));
  const section = length < 0 ? lines.slice(start + 1) : lines.slice(start + 1, start + 1 + length);
  const rows = section.filter((line) => line.startsWith("|")).map(cellsOf);
  return rows.slice(2);
}

function cellsOf(row: string): string[] {
  return row
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}
