import { setTimeout } from "node:timers/promises";

/** Does something with each, so many at a time; the first that fails ends it. */
export async function inTurns<T>(
  all: readonly T[],
  atOnce: number,
  signal: AbortSignal,
  act: (one: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  let isOver = false;
  const worker = async () => {
    try {
      while (next < all.length && !isOver && !signal.aborted) await act(all[next++]);
    } catch (error) {
      isOver = true;
      if (!signal.aborted) throw error;
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: Math.min(atOnce, all.length) }, worker));
  const failed = workers.find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
}

/** Timers of Node hold no more. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Waits until one of some is over, or a time has come, or the run is aborted. */
export async function untilOneOf(
  all: readonly Promise<void>[],
  until: number | undefined,
  now: () => number,
  signal: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const wait = until === undefined ? LONGEST_TIMER : Math.min(LONGEST_TIMER, Math.max(1, until - now()));
  try {
    if (all.length === 0 && until === undefined) return;
    const timer = setTimeout(wait, undefined, { signal: either }).catch(() => undefined);
    await Promise.race([...all, timer]);
  } finally {
    over.abort();
  }
}
