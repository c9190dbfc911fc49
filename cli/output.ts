import { InvalidArgumentError } from "commander";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Format } from "../preview";
import { PreviewError } from "../preview/problem";

/** As preview/report renders them, which is loaded later. */
export const FORMATS: readonly Format[] = ["text", "json", "markdown", "html", "mermaid", "sarif", "junit"];

/** A report that goes into a file. */
export interface Output {
  format: Format;
  file: string;
}

/** Reads one `--output FORMAT=FILE`. */
export function parseOutput(text: string, before: Output[] = []): Output[] {
  const [name, ...rest] = text.split("=");
  const file = rest.join("=");
  const format = FORMATS.find((one) => one === name);
  if (format === undefined || file === "")
    throw new InvalidArgumentError(`It must be FORMAT=FILE, with one of ${FORMATS.join(", ")}.`);
  if (before.some((other) => resolve(other.file) === resolve(file)))
    throw new InvalidArgumentError("Another report goes into this file.");
  return [...before, { format, file }];
}

/** Writes the reports: all are made before the first is written, and a file holds a whole report or what it held. */
export function writeOutputs(outputs: Output[], render: (format: Format) => string): void {
  const made = outputs.map(({ format, file }) => ({ file, text: render(format) }));
  for (const { file, text } of made) writeWhole(file, text);
}

function writeWhole(file: string, text: string): void {
  const aside = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(aside, text);
    renameSync(aside, file);
  } catch (error) {
    rmSync(aside, { force: true });
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw PreviewError.of(`--output: ${file} cannot be written (${reason}); name a file in a folder that exists`);
  }
}
