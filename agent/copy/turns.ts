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

/** Something to wait for until it is told, or a time has come. */
export interface Bell {
  ring(): void;
  /** Returns at once where it has rung since the last time. */
  wait(milliseconds: number | undefined): Promise<void>;
}

/** A bell that has not rung. */
export function bell(): Bell {
  let hasRung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      hasRung = true;
      wake?.();
    },
    async wait(milliseconds = LONGEST_TIMER) {
      if (!hasRung) {
        const rung = new Promise<void>((resolve) => (wake = resolve));
        const timer = setTimeout(() => wake?.(), Math.min(LONGEST_TIMER, Math.max(1, milliseconds)));
        await rung;
        clearTimeout(timer);
      }
      hasRung = false;
    },
  };
}

/** Lets so many act at a time; the others wait in their order. */
export function semaphore(atOnce: number): <T>(act: () => Promise<T>) => Promise<T> {
  let free = atOnce;
  const waiting: (() => void)[] = [];
  return async (act) => {
    if (free === 0) await new Promise<void>((resume) => waiting.push(resume));
    else free--;
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
