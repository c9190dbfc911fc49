import { type FileHandle, open, readFile } from "node:fs/promises";
import { type CopyLedgerDocument } from "../../core/copy/ledger";
import { appending, type Ledger, readLedger, unwritten } from "./ledger";
import { LedgerError } from "./copyFailure";
import { lockFile } from "./lock";

/**
 * Opens a ledger, or begins one.
 *
 * @throws LedgerError where another copy is at work with it, or it belongs to one.
 */
export async function openLedgerFile(file: string, header: CopyLedgerDocument): Promise<Ledger> {
  let close: () => Promise<void> = await lockFile(`${file}.lock`);
  try {
    const [handle, unlock] = [await open(file, "a+"), close];
    close = () => handle.close().finally(unlock);
    const { state, whole, isNew } = readLedger(await readFile(file, "utf8"), header, file);
    await handle.truncate(whole);
    const add = appending((lines) => append(handle, lines));
    if (isNew) await add(header);
    return { state, add, close };
  } catch (error) {
    await close();
    if (error instanceof LedgerError) throw error;
    throw new LedgerError(`${file} cannot be used as a ledger: ${(error as Error).message}`);
  }
}

async function append(handle: FileHandle, text: string): Promise<void> {
  try {
    await handle.appendFile(text);
    await handle.datasync();
  } catch (error) {
    throw new LedgerError(`the ledger cannot be written: ${(error as Error).message}`);
  }
}

/** What a ledger says, for a copy that is only shown. */
export async function readLedgerFile(file: string, header: CopyLedgerDocument): Promise<Ledger> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw new LedgerError(`${file} cannot be read: ${error.message}`);
  });
  return unwritten(readLedger(text, header, file).state);
}
