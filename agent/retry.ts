import { failureOf } from "./failure";
import { type Host } from "./host";

/** Makes a call again where it may succeed later. */
export type Retry = <T>(call: () => Promise<T>) => Promise<T>;

/** How long to be patient; waits in milliseconds. */
export interface Patience {
  /** Calls at most. */
  attempts: number;
  /** Most of the first wait; each further one may be twice as long. */
  firstWait: number;
  /** Most of any wait, but for what the service asks for. */
  longestWait: number;
  /** No wait goes beyond it; milliseconds since 1970. */
  deadline: number;
}

/** Rides out a minute of trouble: 1 s, 2 s, 4 s, 8 s, 16 s at most between six calls. */
export const PATIENCE: Patience = { attempts: 6, firstWait: 1000, longestWait: 32_000, deadline: Infinity };

/**
 * Calls with exponential backoff and full jitter, so that many that failed together do not come back together.
 * google-gax has retries of its own, which know neither `Retry-After` nor connections that broke.
 * https://cloud.google.com/storage/docs/retry-strategy#exponential-backoff
 */
export function retrying(host: Host, { attempts, firstWait, longestWait, deadline }: Patience): Retry {
  return async (call) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await call();
      } catch (error) {
        const { isTransient, retryAfter = 0 } = failureOf(error);
        const wait = Math.max(retryAfter, host.random() * Math.min(longestWait, firstWait * 2 ** (attempt - 1)));
        if (!isTransient || attempt >= attempts || host.now() + wait > deadline) throw error;
        await host.sleep(wait);
      }
    }
  };
}
