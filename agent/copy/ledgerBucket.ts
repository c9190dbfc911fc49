import { type CopyLedgerDocument } from "../../core/copy/ledger";
import { type Bucket, NO_OBJECT } from "../bucket";
import { failureOf } from "../failure";
import { type Host } from "../host";
import { type Lease, LeaseLost, takeLease } from "../lease";
import { LedgerError } from "./copyFailure";
import { appending, type Ledger, readLedger, unwritten } from "./ledger";
import { inTurns } from "./turns";

/** Where a ledger in a bucket is, and who writes it. */
export interface BucketPlace {
  bucket: Bucket;
  /** Beginning of the names of its objects, up to a slash. */
  prefix: string;
  /** As the address has it, for messages. */
  url: string;
  /** Another attempt of the same owner takes over at once. */
  owner: string;
  host: Host;
}

/** A lease is renewed this often, in milliseconds, however long an image takes. */
const KEEP_EVERY = 60_000;

/** Objects that are read at a time. */
const READS_AT_ONCE = 32;

/**
 * Opens a ledger in a bucket, or begins one. Cloud Storage appends to nothing and lets one object be changed once a
 * second, so the steps are objects of their own, numbered, each of which must be new: what one run wrote, another can
 * neither overwrite nor write beside. https://cloud.google.com/storage/docs/request-preconditions
 *
 * @throws LedgerError where another copy is at work with it, or it belongs to one.
 */
export async function openLedgerBucket(place: BucketPlace, header: CopyLedgerDocument): Promise<Ledger> {
  const lease = await explained(place, () => leaseOf(place));
  try {
    const { text, last } = await explained(place, () => readParts(place));
    const { state, isNew } = readLedger(text, header, place.url);
    let number = last;
    const add = appending((lines) =>
      explained(place, async () => {
        await lease.keep();
        await writePart(place, ++number, lines);
      }),
    );
    if (isNew) await add(header);
    const renewal = setInterval(() => void lease.keep().catch(() => undefined), KEEP_EVERY);
    return {
      state,
      add,
      close: async () => {
        clearInterval(renewal);
        await explained(place, () => lease.release());
      },
    };
  } catch (error) {
    await lease.release();
    throw error;
  }
}

/** What a ledger says, for a copy that is only shown. */
export async function readLedgerBucket(place: BucketPlace, header: CopyLedgerDocument): Promise<Ledger> {
  const { text } = await explained(place, () => readParts(place));
  return unwritten(readLedger(text, header, place.url).state);
}

async function leaseOf({ bucket, owner, host, prefix, url }: BucketPlace): Promise<Lease> {
  const lease = await takeLease(bucket, owner, host, `${prefix}lease.json`);
  if ("keep" in lease) return lease;
  throw new LedgerError(
    `another copy is at work with ${url}: ${lease.owner}, until ${lease.until} unless it goes on; wait for it`,
  );
}

const PART = /^part-(\d{8})\.jsonl$/;

async function readParts({ bucket, prefix }: BucketPlace): Promise<{ text: string; last: number }> {
  const objects = await bucket.list(prefix);
  const numbers = objects.flatMap(({ name }) => PART.exec(name.slice(prefix.length))?.[1] ?? []).sort();
  const texts: string[] = [];
  await inTurns([...numbers.keys()], READS_AT_ONCE, new AbortController().signal, async (index) => {
    texts[index] = (await bucket.read(partName(prefix, Number(numbers[index]))))?.text ?? "";
  });
  return { text: texts.join(""), last: Number(numbers.at(-1) ?? 0) };
}

function partName(prefix: string, number: number): string {
  return `${prefix}part-${String(number).padStart(8, "0")}.jsonl`;
}

/** A call that had its effect and lost its answer is made again, and finds its own work. */
async function writePart({ bucket, prefix }: BucketPlace, number: number, lines: string): Promise<void> {
  const name = partName(prefix, number);
  if ((await bucket.write(name, lines, NO_OBJECT)) !== undefined) return;
  if ((await bucket.read(name))?.text !== lines) throw new LeaseLost("another copy writes to it by now");
}

async function explained<T>({ url }: BucketPlace, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof LedgerError) throw error;
    throw new LedgerError(`the ledger ${url} cannot be used: ${failureOf(error).message}`);
  }
}
