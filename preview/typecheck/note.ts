import { createHash } from "node:crypto";
import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Changes with what a check looks at, so that older notes no longer count. */
const VERSION = "1";

/**
 * File that notes what was found right: under the node_modules that hold TypeScript, or where these cannot be written,
 * in the folder for temporary files.
 *
 * @param key what the check depends on besides the files, the file of TypeScript first.
 */
export function notePath(key: [typescript: string, ...rest: string[]]): string {
  const modules = join(key[0], "..", "..", "..");
  const name = createHash("sha256")
    .update(JSON.stringify([VERSION, process.version, ...key]))
    .digest("hex");
  return join(isWritable(modules) ? join(modules, ".cache") : tmpdir(), "kiln", `types-${name.slice(0, 16)}.json`);
}

/** Whether every file of the note is as it was when its types were right. */
export function isNotedRight(note: string): boolean {
  try {
    const seen = JSON.parse(readFileSync(note, "utf8")) as [file: string, size: number, mtimeMs: number][];
    return seen.every(([file, size, mtimeMs]) => {
      const found = statSync(file, { throwIfNoEntry: false });
      return (found?.size ?? -1) === size && (found?.mtimeMs ?? -1) === mtimeMs;
    });
  } catch {
    return false;
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
