import { InvalidArgumentError } from "commander";
import { chmodSync, lstatSync, realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
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
  if (before.some((other) => realPath(other.file) === realPath(file)))
    throw new InvalidArgumentError("Another report goes into this file.");
  return [...before, { format, file }];
}

/** Writes the reports: all are made before the first is written, and a file holds a whole report or what it held. */
export function writeOutputs(outputs: Output[], render: (format: Format) => string): void {
  const made = outputs.map(({ format, file }) => ({ file, text: render(format) }));
  for (const { file, text } of made) writeWhole(file, text);
}

/** Files of a program and its project. */
const SOURCE = /^Pulumi.*\.ya?ml$|^(?:package|package-lock|tsconfig)\.json$|\.[cm]?[jt]sx?$/;

/**
 * Why a report must not go into its file, if so.
 *
 * @param read files that the command reads, by the flag that names them.
 */
export function misplaced(outputs: Output[], read: Record<string, readonly string[]>): string | undefined {
  for (const { format, file } of outputs) {
    const path = realPath(file);
    const [flag] = Object.entries(read).find(([, files]) => files.some((one) => realPath(one) === path)) ?? [];
    if (flag !== undefined) return `${format}=${file} would overwrite what ${flag} names`;
    if (SOURCE.test(basename(path)) && existing(path)) return `${format}=${file} would overwrite a file of a program`;
  }
  return undefined;
}

/** Where a path leads, whatever links are on the way; the file itself need not exist. */
function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    const folder = dirname(resolve(file));
    return folder === resolve(file) ? folder : join(realPath(folder), basename(file));
  }
}

function existing(file: string): Stats | undefined {
  return statSync(file, { throwIfNoEntry: false });
}

/** Writes a file as a whole: it holds the new text or what it held. */
export function writeWhole(file: string, text: string): void {
  const target = realPath(file);
  const aside = `${target}.${process.pid}.tmp`;
  try {
    const old = existing(file);
    if (!old?.isFile() && lstatSync(file, { throwIfNoEntry: false })) {
      // A pipe, a device and a link to nothing stay what they are.
      writeFileSync(file, text);
      return;
    }
    writeFileSync(aside, text);
    if (old) chmodSync(aside, old.mode);
    renameSync(aside, target);
  } catch (error) {
    rmSync(aside, { force: true });
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw PreviewError.of(`--output: ${file} cannot be written (${reason}); name a file in a folder that exists`);
  }
}
