import { type Retry } from "./retry";

/** A call without an answer is given up after this. */
const MILLISECONDS = 40_000;

/** Limits each call of a client whose own option for that does nothing, as BigQuery's does not. */
export function limited(retry: Retry, milliseconds = MILLISECONDS): Retry {
  return (call) => retry(() => within(call(), milliseconds));
}

async function within<T>(call: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(Object.assign(new Error("no answer came in time"), { code: "ETIMEDOUT" })),
      milliseconds,
    );
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
}
