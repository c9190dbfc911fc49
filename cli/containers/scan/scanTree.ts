import { realpathSync } from "node:fs";
import { BEGINNING, kindOfContent, type Scanner } from "../../../core/scan/files";
import { type FileScan } from "../../../core/scan/imageUse";
import { scannedFile, type ScannedFile } from "../../../core/scan/report";
import { scanFile } from "../../../core/scan/scanFile";
import { readBeginning, readText } from "./readText";
import { walk, type WalkedFile, type WalkOptions } from "./walk";

/** A file that was read, with all that its scanner found. */
export interface ReadFile extends WalkedFile {
  /** What reads it. */
  scanner: Scanner;
  text: string;
  /** Whether the text is the file's: what is not UTF-8 must not be written back. */
  isExact: boolean;
  scan: FileScan;
}

/** Reads and scans the files below the paths, one after another; each once, although paths overlap. */
export function* scannedBelow(paths: readonly string[], options: WalkOptions): Generator<ReadFile> {
  const done: string[] = [];
  for (const path of paths) {
    const real = realpathSync(path);
    for (const file of walk(path, options)) {
      if (done.some((root) => isWithin(file.path, root))) continue;
      const read = readFile(file, options);
      if (read !== undefined) yield read;
    }
    done.push(real);
  }
}

function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith("/") ? root : `${root}/`);
}

function readFile(file: WalkedFile, { warn }: WalkOptions): ReadFile | undefined {
  const scanner = file.kind === "content" ? kindByContent(file) : file.kind;
  if (scanner === undefined) return undefined;
  const { text, problem } = readText(file.path);
  if (problem !== undefined) warn({ file: file.shown, message: problem });
  if (text === undefined) return undefined;
  return { ...file, scanner, text, isExact: problem === undefined, scan: scanSafely(scanner, file.shown, text) };
}

function kindByContent({ path, shown }: WalkedFile): Scanner | undefined {
  const beginning = readBeginning(path, BEGINNING);
  return beginning === undefined ? undefined : kindOfContent(shown, beginning);
}

/** An error of Kiln's own code in one file must not hide what is in the others. */
function scanSafely(scanner: Scanner, path: string, text: string): FileScan {
  try {
    return scanFile(scanner, path, text);
  } catch (error) {
    const message = `could not be scanned, which is an error of Kiln's: ${String(error)}`;
    return { uses: [], problems: [{ message }] };
  }
}

/** The files' findings, without their texts. */
export function* findingsBelow(paths: readonly string[], options: WalkOptions): Generator<ScannedFile> {
  for (const { shown, text, scan } of scannedBelow(paths, options)) yield scannedFile(shown, text, scan);
}
