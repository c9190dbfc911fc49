import * as pulumi from "@pulumi/pulumi";

/** Handles that stay open by nature and say nothing about a program that still works. */
const IDLE = new Set(["TTYWrap", "PipeWrap", "TCPServerWrap", "TCPSocketWrap", "SignalWrap", "ProcessWrap", "Pipe"]);

/** An apply that starts another one is seen in the second round. */
const QUIET_ROUNDS = 2;

/** What a program is doing. */
interface Progress {
  /** Grows with every call that the program makes to the engine. */
  activity: () => number;
  /** Whether the program itself, and the outputs of its stack, are still awaited. */
  running: () => boolean;
  /** Whether something rejected; calls that wait for what was rejected are never answered. */
  failed: () => boolean;
}

/**
 * Waits until nothing is declared any more and the program waits for no timer, file or process.
 *
 * @param before what was active in the process before the program began.
 * @returns an error where that does not come within the limit.
 */
export async function settled(
  { activity, running, failed }: Progress,
  before: readonly string[],
  limitSeconds: number,
): Promise<Error | undefined> {
  const deadline = performance.now() + limitSeconds * 1000;
  let calls = 1;
  const answered = () => void calls--;
  void pulumi.runtime.disconnect().then(answered, answered);
  let quiet = 0;
  for (let seen = -1; quiet < QUIET_ROUNDS;) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    const waitsFor = addedSince(before);
    const idle = ((calls === 0 && !running()) || failed()) && waitsFor.length === 0;
    quiet = idle && activity() === seen ? quiet + 1 : 0;
    if (calls === 0 && activity() !== seen) {
      calls++;
      void pulumi.runtime.disconnect().then(answered, answered);
    }
    seen = activity();
    if (performance.now() > deadline)
      return tooLate(limitSeconds, [
        ...(calls > 0 ? ["a call to the engine"] : []),
        ...(running() ? ["a promise of its own"] : []),
        ...waitsFor,
      ]);
  }
  return undefined;
}

function tooLate(limitSeconds: number, waitsFor: string[]): Error {
  return new Error(
    `the program is still waiting after ${limitSeconds} s (${waitsFor.join(", ")}); end its timers and handles, or give settleWithinSeconds`,
  );
}

/** Kinds of the handles that are active now and were not before. */
function addedSince(before: readonly string[]): string[] {
  const rest = [...before];
  return process.getActiveResourcesInfo().filter((kind) => {
    if (IDLE.has(kind)) return false;
    const index = rest.indexOf(kind);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}

/**
 * Takes unhandled rejections, and what timers throw, out of the hands of the test runner, which would blame whichever
 * test runs then.
 */
export function collectRejections(): { reasons: unknown[]; stop(): void } {
  const reasons: unknown[] = [];
  const collect = (reason: unknown) => void reasons.push(reason);
  const restore = ["unhandledRejection", "uncaughtException"].map((event) => {
    const others = process.rawListeners(event) as (() => void)[];
    process.removeAllListeners(event).on(event, collect);
    return () => {
      process.removeListener(event, collect);
      for (const other of others) process.on(event, other);
    };
  });
  return { reasons, stop: () => restore.forEach((undo) => undo()) };
}
