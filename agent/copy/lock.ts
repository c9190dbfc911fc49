import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { LedgerError } from "./copyFailure";

/** Who holds a lock. */
interface Holder {
  pid: number;
  host: string;
}

/**
 * Takes a lock, a file that names its holder. One whose holder has ended, as after a kill, is taken over.
 *
 * @returns what gives it back.
 * @throws LedgerError where another process holds it.
 */
export function lockFile(file: string): () => void {
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, JSON.stringify({ pid: process.pid, host: hostname() } satisfies Holder));
  try {
    while (!linked(aside, file)) {
      const holder = holderOf(file);
      if (holder && isAlive(holder))
        throw new LedgerError(
          `another copy is at work with this ledger: process ${holder.pid} on ${holder.host}; wait for it, or delete ${file} where it has ended for sure`,
        );
      if (holder) takeAway(file, holder);
    }
  } finally {
    rmSync(aside, { force: true });
  }
  return () => rmSync(file, { force: true });
}

/** A link is made by one of many. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Nothing where the lock was given back in between. */
function holderOf(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new LedgerError(`${file} is no lock of Kiln: delete it`);
  }
}

/** Who shares the files from another machine may be at work. */
function isAlive({ pid, host }: Holder): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Moves a dead holder's lock away, and puts it back where somebody else's was caught. */
function takeAway(file: string, dead: Holder): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
    const caught = holderOf(aside);
    if (caught && (caught.pid !== dead.pid || caught.host !== dead.host)) linked(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}
