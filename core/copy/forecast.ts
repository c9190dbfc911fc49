import { type Allowance, type Spending, waitFor } from "./budget";

/**
 * When each image can be copied, in milliseconds from now, where a registry counts manifests. How long the copying itself
 * takes is left aside.
 *
 * @param costs manifests of each image, in the order in which they are copied.
 */
export function forecast(
  costs: readonly number[],
  spendings: readonly Spending[],
  allowance: Allowance,
  now: number,
): number[] {
  const all = [...spendings];
  let at = now;
  return costs.map((manifests) => {
    if (manifests === 0) return 0;
    at += waitFor(manifests, all, allowance, at);
    all.push({ at, manifests });
    while (all[0].at <= at - allowance.window) all.shift();
    return at - now;
  });
}
