import { readFileSync, statSync } from "node:fs";
import { PreviewError } from "./problem";

/** Reads a file that a user named, or says why it cannot be read. */
export function readTextFile(path: string, shownPath: string, maxBytes: number): string {
  try {
    const { size } = statSync(path);
    if (size > maxBytes) throw new Error(`it has ${size} bytes, and at most ${maxBytes} are read`);
    return readFileSync(path, "utf8");
  } catch (error) {
    throw PreviewError.of(`${shownPath}: cannot be read: ${(error as Error).message}`);
  }
}
