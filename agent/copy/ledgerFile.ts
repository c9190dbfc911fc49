import { type FileHandle, open, readFile } from "node:fs/promises";
import { type CopyLedgerDocument, type LedgerLine, type LedgerStep } from "../../core/copy/ledger";
import { foldLedger, otherCopy, type LedgerState } from "../../core/copy/foldLedger";
import { LedgerError } from "./copyFailure";
import { lockFile } from "./lock";

/** A ledger that one copy writes to. */
export interface Ledger {
  /** What was known when it was opened. */
  state: LedgerState;
  /** Adds a step; it is on the disk, or in the bucket, when this returns. */
  add(step: LedgerStep): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a ledger, or begins one.
 *
 * @throws LedgerError where another copy is at work with it, or it belongs to one.
 */
export async function openLedgerFile(file: string, header: CopyLedgerDocument): Promise<Ledger> {
  const unlock = await lockFile(`${file}.lock`);
  try {
    const handle = await open(file, "a+");
    const text = await readFile(file, "utf8");
    const state = readLedger(text, header, file);
    if (state.whole < Buffer.byteLength(text)) await handle.truncate(Buffer.byteLength(text.slice(0, state.whole)));
    const add = appending((lines) => append(handle, lines));
    if (state.isNew) await add(header);
    return {
      state: state.state,
      add,
      close: async () => {
        await handle.close();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    if (error instanceof LedgerError) throw error;
    throw new LedgerError(`${file} cannot be used as a ledger: ${(error as Error).message}`);
  }
}

/** What a ledger says to a copy. */
export interface ReadLedger {
  state: LedgerState;
  /** Characters that are whole lines. */
  whole: number;
  isNew: boolean;
}

/** @throws LedgerError where it is not the copy's own. */
export function readLedger(text: string, header: CopyLedgerDocument, place: string): ReadLedger {
  const folded = foldLedger(text);
  const problem = folded.problem ?? (folded.header && otherCopy(folded.header, header));
  if (problem !== undefined) throw new LedgerError(`the ledger ${place} ${problem}`);
  return { state: folded.state, whole: folded.whole, isNew: !folded.header };
}

/** Writes lines in their order; those that come while others are being written go together. */
export function appending(write: (text: string) => Promise<void>): (line: LedgerLine) => Promise<void> {
  let pending = "";
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  return (line) => {
    pending += `${JSON.stringify(line)}\n`;
    next ??= last = last.then(() => {
      const text = pending;
      pending = "";
      next = undefined;
      return write(text);
    });
    return next;
  };
}

async function append(handle: FileHandle, text: string): Promise<void> {
  await handle.appendFile(text);
  await handle.datasync();
}
