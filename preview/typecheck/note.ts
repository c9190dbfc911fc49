import { createHash } from "node:crypto";
import fs, { accessSync, constants, existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type System } from "typescript";

/**
 * File that notes what was looked at when everything was right: under the node_modules that hold TypeScript, or where these cannot be written,
 * in the folder for temporary files.
 *
 * @param key what the check depends on besides the files, its own text too.
 */
export function notePath(typescript: string, key: string[]): string {
  const modules = join(typescript, "..", "..", "..");
  const name = createHash("sha256")
    .update(JSON.stringify([process.version, typescript, ...key]))
    .digest("hex");
  return join(isWritable(modules) ? join(modules, ".cache") : tmpdir(), "kiln", `types-${name.slice(0, 16)}.json`);
}

/** Whether everything that was looked at is as it was when the types were right. */
export function isNotedRight(note: string): boolean {
  try {
    const seen = JSON.parse(readFileSync(note, "utf8")) as [path: string, signature: string][];
    return seen.every(([path, signature]) => signatureOf(path, fs) === signature);
  } catch {
    return false;
  }
}

/** A project that nobody previews any more leaves its note behind. */
const KEPT_MS = 7 * 24 * 3600 * 1000;

/** The folder may be the one for temporary files, where others keep theirs. */
const NOTE = /^types-[0-9a-f]{16}\.json/;

/** Removes the notes beside this one that were written longer ago than a week; whoever still needs one checks once more. */
export function dropOldNotes(note: string, now = Date.now()): void {
  const folder = dirname(note);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).filter((entry) => NOTE.test(entry))) {
    const file = join(folder, name);
    const found = statSync(file, { throwIfNoEntry: false });
    if (found && now - found.mtimeMs > KEPT_MS) rmSync(file, { force: true });
  }
}

/**
 * Remembers whatever a check depends on before it is read, what is missing too: a file that is added may be found in
 * place of another, and a link may come to lead elsewhere.
 *
 * Sent to the checking process as text: it must not use anything from outside.
 */
export function rememberReads(system: System, sign: (path: string) => string): ReadonlyMap<string, string> {
  const seen = new Map<string, string>();
  const see = (path: string) => seen.has(path) || seen.set(path, sign(path));
  const real = { ...system };
  system.fileExists = (file) => (see(file), real.fileExists(file));
  system.readFile = (file, encoding) => (see(file), real.readFile(file, encoding));
  system.directoryExists = (folder) => (see(folder), real.directoryExists(folder));
  system.getDirectories = (folder) => (see(`${folder}/*`), real.getDirectories(folder));
  return seen;
}

/**
 * Changes whenever what is found at a path may have changed: a time alone may be set back, as package managers do. Of a
 * folder it only says that there is one; of `folder/*`, which entries it has.
 *
 * Sent to the checking process as text: it must not use anything from outside.
 */
export function signatureOf(path: string, { statSync }: Pick<typeof fs, "statSync">): string {
  const listed = path.endsWith("*");
  const found = statSync(listed ? path.slice(0, -1) : path, { throwIfNoEntry: false });
  if (!found) return "";
  if (found.isDirectory() && !listed) return "folder";
  return [found.ino, found.size, found.mtimeMs, found.ctimeMs].join(" ");
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
