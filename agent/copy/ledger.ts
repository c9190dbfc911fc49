import { setTimeout } from "node:timers/promises";
import { foldLedger, type LedgerState, otherCopy } from "../../core/copy/foldLedger";
import { type CopyLedgerDocument, type LedgerLine, type LedgerStep } from "../../core/copy/ledger";
import { LedgerError } from "./copyFailure";

/** A ledger that one copy writes to. */
export interface Ledger {
  /** What was known when it was opened. */
  state: LedgerState;
  /** Adds a step; it is on the disk, or in the bucket, when this returns. */
  add(step: LedgerStep): Promise<void>;
  close(): Promise<void>;
}

/** What a ledger says to a copy. */
export interface ReadLedger {
  state: LedgerState;
  /** Bytes that are whole lines. */
  whole: number;
  isNew: boolean;
}

/** @throws LedgerError where it is not the copy's own. */
export function readLedger(text: string, header: CopyLedgerDocument, place: string): ReadLedger {
  const folded = foldLedger(text);
  const problem = folded.problem ?? (folded.header && otherCopy(folded.header, header));
  if (problem !== undefined) throw new LedgerError(`the ledger ${place} ${problem}`);
  return { state: folded.state, whole: Buffer.byteLength(text.slice(0, folded.whole)), isNew: !folded.header };
}

/** Milliseconds from write to write: each takes longer than its lines do, and images are ready at about the same time. */
const WRITE_EVERY = 10;

/** Writes lines in their order, those together that come shortly after others. */
export function appending(write: (text: string) => Promise<void>): (line: LedgerLine) => Promise<void> {
  let pending = "";
  let notBefore = 0;
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const writeAll = async () => {
    const wait = notBefore - Date.now();
    if (wait > 0) await setTimeout(wait);
    notBefore = Date.now() + WRITE_EVERY;
    const text = pending;
    pending = "";
    next = undefined;
    await write(text);
  };
  return (line) => {
    pending += `${JSON.stringify(line)}\n`;
    next ??= last = last.then(writeAll);
    return next;
  };
}

/** A ledger that nothing is written to, for what is only shown. */
export function unwritten(state: LedgerState): Ledger {
  return { state, add: () => Promise.resolve(), close: () => Promise.resolve() };
}
