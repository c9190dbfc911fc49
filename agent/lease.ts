import { isObject } from "../core/documents/fields";
import { instant } from "../core/lifecycle/image";
import { type Bucket, NO_OBJECT } from "./bucket";
import { type Host } from "./host";

/** The object that says who acts on the images; see `https://cloud.google.com/storage/docs/request-preconditions`. */
export const LEASE_OBJECT = "lifecycle/lease.json";

/** A run that was killed keeps others away this long; one that is at work renews its lease when half of it is over. */
const LEASE_MILLISECONDS = 5 * 60_000;

/** The right to act on the images of the project, which one run has at a time. */
export interface Lease {
  /**
   * Renews the lease where it is about to end. Called before every change.
   *
   * @throws LeaseLost where another run has it by now.
   */
  keep(): Promise<void>;
  /** Gives it back, unless another run has it. */
  release(): Promise<void>;
}

/** Who has the lease, and until when, where that was not this run. */
export interface Held {
  owner: string;
  /** RFC 3339. */
  until: string;
}

/** Another run took the lease over: this one had not renewed it in time. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

/**
 * Takes the lease for a run, or tells who has it. A lease that has ended, and an object that is none, is taken over.
 *
 * @param object the object that holds it.
 */
export async function takeLease(
  bucket: Bucket,
  owner: string,
  host: Host,
  object = LEASE_OBJECT,
): Promise<Lease | Held> {
  const place: Place = { bucket, object };
  const found = await bucket.read(object);
  const held = found && heldBy(found.text);
  if (held && held.owner !== owner && (instant(held.until) ?? 0) > host.now()) return held;
  const taken = await written(place, owner, found?.generation ?? NO_OBJECT, host);
  if (taken) return leaseOf(place, owner, taken, host);
  const other = heldBy((await bucket.read(object))?.text ?? "");
  return other ?? { owner: "another run", until: "it ends" };
}

interface Place {
  bucket: Bucket;
  object: string;
}

interface Written {
  generation: string;
  until: number;
}

/** A call that had its effect and lost its answer is made again, and finds its own work. */
async function written(
  { bucket, object }: Place,
  owner: string,
  generation: string,
  host: Host,
  length = LEASE_MILLISECONDS,
): Promise<Written | undefined> {
  const until = host.now() + length;
  const text = `${JSON.stringify({ owner, until: new Date(until).toISOString() })}\n`;
  const made = await bucket.write(object, text, generation);
  if (made !== undefined) return { generation: made, until };
  const found = await bucket.read(object);
  return found?.text === text ? { generation: found.generation, until } : undefined;
}

function leaseOf(place: Place, owner: string, taken: Written, host: Host): Lease {
  let current = taken;
  let renewal: Promise<void> | undefined;
  const renew = async () => {
    const renewed = await written(place, owner, current.generation, host);
    if (!renewed) throw new LeaseLost(`another run took ${place.object} over, since this one was late to renew it`);
    current = renewed;
  };
  return {
    keep: async () => {
      if (host.now() < current.until - LEASE_MILLISECONDS / 2) return;
      renewal ??= renew().finally(() => (renewal = undefined));
      await renewal;
    },
    release: async () => void (await written(place, owner, current.generation, host, 0)),
  };
}

function heldBy(text: string): Held | undefined {
  try {
    const lease = JSON.parse(text) as unknown;
    if (!isObject(lease) || typeof lease.owner !== "string" || typeof lease.until !== "string") return undefined;
    return { owner: lease.owner, until: lease.until };
  } catch {
    return undefined;
  }
}
