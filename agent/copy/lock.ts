import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
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
export async function lockFile(file: string): Promise<() => Promise<void>> {
  const aside = `${file}.${process.pid}`;
  await writeFile(aside, JSON.stringify({ pid: process.pid, host: hostname() } satisfies Holder));
  try {
    while (!(await linked(aside, file))) {
      const holder = await holderOf(file);
      if (holder && isAlive(holder))
        throw new LedgerError(
          `another copy is at work with this ledger: process ${holder.pid} on ${holder.host}; wait for it, or delete ${file} where it has ended for sure`,
        );
      if (holder) await takeAway(file, holder);
    }
  } finally {
    await rm(aside, { force: true });
  }
  return () => rm(file, { force: true });
}

/** A link is made by one of many. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Nothing where the lock was given back in between. */
async function holderOf(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Holder;
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
async function takeAway(file: string, dead: Holder): Promise<void> {
  const aside = `${file}.${process.pid}.stale`;
  try {
    await rename(file, aside);
    const caught = await holderOf(aside);
    if (caught && (caught.pid !== dead.pid || caught.host !== dead.host)) await linked(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  } finally {
    await rm(aside, { force: true });
  }
}
