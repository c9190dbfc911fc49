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
  let unlock: (() => void) | undefined;
  let handle: FileHandle | undefined;
  const close = async () => {
    await handle?.close();
    unlock?.();
  };
  try {
    unlock = lockFile(`${file}.lock`);
    const opened = (handle = await open(file, "a+"));
    const { state, whole, isNew } = readLedger(await readFile(file, "utf8"), header, file);
    await opened.truncate(whole);
    if (isNew) await append(opened, `${JSON.stringify(header)}\n`);
    return { state, add: appending((lines) => append(opened, lines)), close };
  } catch (error) {
    await close();
    if (error instanceof LedgerError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new LedgerError(
      `${file} cannot be used as a ledger: ${code === "ENOENT" ? "its folder is not there" : message}`,
    );
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
