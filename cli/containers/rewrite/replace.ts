import {
  accessSync,
  chownSync,
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/** A file's text, as it was read and as it shall be. */
export interface Replacement {
  path: string;
  from: string;
  to: string;
  /** What is wrong with a text that was written; nothing where it is as it shall be. */
  check: (text: string) => string | undefined;
}

/**
 * Puts another text into a file: at every moment it holds the whole of one or of the other. Mode and owner stay.
 *
 * @returns why the file is as it was, if it is.
 */
export function replaceFile({ path, from, to, check }: Replacement): string | undefined {
  try {
    const problem = replaced(path, from, to);
    if (problem !== undefined) return problem;
    const wrong = check(readFileSync(path, "utf8"));
    if (wrong === undefined) return undefined;
    return `is as it was, since a scan did not find what it should (${wrong})${undone(path, to, from)}`;
  } catch (error) {
    return `cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
  }
}

function undone(path: string, to: string, from: string): string {
  const problem = replaced(path, to, from);
  return problem === undefined ? "" : `; it could not be put back: it ${problem}`;
}

function replaced(path: string, from: string, to: string): string | undefined {
  const { mode, uid, gid } = lstatSync(path);
  const aside = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    accessSync(path, constants.W_OK);
    writeAside(aside, to, mode);
    if (process.getuid?.() === 0) chownSync(aside, uid, gid);
    if (!holds(path, from)) return "was changed since it was read; run the command again";
    renameSync(aside, path);
    return undefined;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Links are not followed: what stands there is the file that was read, or nothing is written. */
function holds(path: string, text: string): boolean {
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    return readFileSync(file).equals(Buffer.from(text, "utf8"));
  } finally {
    closeSync(file);
  }
}

function writeAside(aside: string, text: string, mode: number): void {
  const file = openSync(aside, "wx", 0o600);
  try {
    writeFileSync(file, text);
    fchmodSync(file, mode & 0o7777);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
