import { FailureKind, isTransient } from "./failures";

/** How long a copy is tried. */
export interface RetryPolicy {
  /** Attempts at most, the first one counted. */
  attempts: number;
  /** Most of the first wait, in milliseconds; each further one may be twice as long. */
  firstWait: number;
  /** Most of any wait, but for what the registry asks for. */
  longestWait: number;
}

/** Rides out some minutes of trouble, since crane and gcrane ride out the first seconds themselves. */
export const RETRY_POLICY: RetryPolicy = { attempts: 6, firstWait: 2_000, longestWait: 120_000 };

/** A registry that asks for more than a day to be left alone is believed for a day. */
export const LONGEST_RETRY_AFTER = 24 * 3600_000;

/** What failed. */
export interface FailedAttempt {
  kind: FailureKind;
  /** From 1. */
  attempt: number;
  /** What the registry asked for, in milliseconds. */
  retryAfter?: number;
}

/**
 * Milliseconds to wait before the next attempt, with full jitter, so that many that failed together do not come back
 * together; nothing where no further attempt is made.
 *
 * @param random from 0 to 1.
 */
export function waitBeforeRetry(
  { kind, attempt, retryAfter = 0 }: FailedAttempt,
  random: number,
  { attempts, firstWait, longestWait }: RetryPolicy = RETRY_POLICY,
): number | undefined {
  if (!isTransient(kind) || attempt >= attempts) return undefined;
  const most = Math.min(longestWait, firstWait * 2 ** (attempt - 1));
  return Math.min(LONGEST_RETRY_AFTER, retryAfter) + random * most;
}

/** Whether others that use the same registry wait as well. */
export function isForAll(kind: FailureKind): boolean {
  return kind === FailureKind.RateLimited;
}

/**
 * Milliseconds that `Retry-After` asks for: seconds or a date; nothing where it says neither.
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 *
 * @param now milliseconds since 1970.
 */
export function readRetryAfter(text: string | undefined, now: number): number | undefined {
  const value = text?.trim() ?? "";
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = /^[A-Z][a-z]{2}, /.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
