import { HUB_HOURS } from "../migration/batches";

/** How many manifests a registry lets one client read. */
export interface Allowance {
  /** In any window. */
  manifests: number;
  /** Milliseconds. */
  window: number;
}

/** Manifests that were read, or that the registry says were. */
export interface Spending {
  /** Milliseconds since 1970. */
  at: number;
  manifests: number;
}

/** How long Docker Hub counts, in milliseconds. */
export const HUB_WINDOW = HUB_HOURS * 3600_000;

/** Manifests that were read in the window that ends now. */
export function spentIn(spendings: readonly Spending[], { window }: Pick<Allowance, "window">, now: number): number {
  return spendings.reduce((sum, { at, manifests }) => (at > now - window ? sum + manifests : sum), 0);
}

/**
 * Milliseconds until so many manifests may be read: the oldest spendings leave the window first. What is more than the
 * whole allowance has to wait until nothing is in the window.
 *
 * @param spendings in the order of their times.
 */
export function waitFor(
  manifests: number,
  spendings: readonly Spending[],
  { manifests: most, window }: Allowance,
  now: number,
): number {
  const within = spendings.filter(({ at, manifests }) => at > now - window && manifests > 0);
  let left = within.reduce((sum, one) => sum + one.manifests, 0);
  for (const { at, manifests: freed } of within) {
    if (left === 0 || left + manifests <= most) return 0;
    left -= freed;
    if (left === 0 || left + manifests <= most) return at + window - now;
  }
  return 0;
}

/** What a registry says of its limit. https://docs.docker.com/docker-hub/usage/pulls/#view-pull-rate-and-limit */
export interface RateLimit {
  limit: number;
  remaining?: number;
  /** Milliseconds. */
  window: number;
}

/** Reads `ratelimit-limit: 100;w=21600` and `ratelimit-remaining: 76;w=21600`. */
export function readRateLimit(limit: string | undefined, remaining: string | undefined): RateLimit | undefined {
  const [whole, left] = [limit, remaining].map((text) => /^(\d{1,9})(?:;w=(\d{1,9}))?$/.exec(text?.trim() ?? ""));
  if (!whole || Number(whole[1]) === 0) return undefined;
  return {
    limit: Number(whole[1]),
    window: whole[2] === undefined ? HUB_WINDOW : Number(whole[2]) * 1000,
    ...(left ? { remaining: Number(left[1]) } : {}),
  };
}

/**
 * What others on the same address have spent, as far as the registry's word leaves less than what is known.
 *
 * @param remaining manifests that it still gives.
 */
export function foreignSpending(
  spendings: readonly Spending[],
  allowance: Allowance,
  remaining: number,
  now: number,
): Spending | undefined {
  const unknown = allowance.manifests - spentIn(spendings, allowance, now) - remaining;
  return unknown > 0 ? { at: now, manifests: unknown } : undefined;
}

/** The part of an allowance that one of several tasks has. */
export function shareOf(allowance: Allowance, tasks: number): Allowance {
  return { ...allowance, manifests: Math.max(1, Math.floor(allowance.manifests / tasks)) };
}
