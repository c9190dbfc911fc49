import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/** Larger files are data, not what people write; reading them would take much memory. */
export const MOST_BYTES = 5 * 1024 * 1024;

/** A file's text, or why there is none. */
export type ReadText = { text: string; problem?: string } | { text?: undefined; problem: string };

/** One for all files: a file is done with before the next one is read. */
const buffer = Buffer.allocUnsafe(MOST_BYTES + 1);

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads a file that may be anything. What is not UTF-8 is read byte by byte, with a problem: names of images are ASCII,
 * and are found in it all the same.
 */
export function readText(path: string, most: number = MOST_BYTES): ReadText {
  const read = readBytes(path, most);
  if (typeof read === "string") return { problem: read };
  if (read.subarray(0, 2).equals(UTF16) || read.subarray(0, 2).equals(UTF16_BE))
    return { problem: "is UTF-16, which no builder reads; save it as UTF-8" };
  const exact = exactText(read);
  const text = exact ?? read.toString("latin1");
  if (text.includes("\0")) return { problem: "is binary" };
  return exact === undefined ? { text, problem: "is not UTF-8; it was read byte by byte" } : { text };
}

function exactText(bytes: Buffer): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

const UTF16 = Buffer.from([0xff, 0xfe]);
const UTF16_BE = Buffer.from([0xfe, 0xff]);

/** The first bytes of a file as text; nothing where it cannot be read or is binary. */
export function readBeginning(path: string, count: number): string | undefined {
  const read = readBytes(path, count, true);
  return typeof read === "string" || read.includes(0) ? undefined : read.toString("latin1");
}

/** The bytes, in a buffer that the next call overwrites, or why there are none. A pipe that stands in for a file blocks nothing. */
function readBytes(path: string, most: number, isCut = false): Buffer | string {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stats = fstatSync(file);
    if (!stats.isFile()) return "is no regular file";
    if (!isCut && stats.size > most) return `is larger than ${most / 1024 / 1024} MB`;
    const length = readFully(file, isCut ? most : most + 1);
    return length > most ? `is larger than ${most / 1024 / 1024} MB` : buffer.subarray(0, length);
  } catch (error) {
    return `cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function readFully(file: number, most: number): number {
  let length = 0;
  for (let got = -1; got !== 0 && length < most; length += got)
    got = readSync(file, buffer, length, most - length, null);
  return length;
}
