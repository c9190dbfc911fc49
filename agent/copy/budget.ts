import {
  type Allowance,
  foreignSpending,
  HUB_WINDOW,
  type RateLimit,
  shareOf,
  type Spending,
  waitFor,
} from "../../core/copy/budget";
import { HUB_BUDGET } from "../../core/migration/batches";

/** What one registry lets be read, and what was. */
export interface Budget {
  /** Milliseconds until so many manifests may be read. */
  wait(manifests: number, now: number): number;
  /** Takes so many; what is returned gives them back. */
  spend(manifests: number, now: number): () => void;
  /** Takes in what the registry says of its limit. */
  note(limit: RateLimit, now: number): void;
  /** Takes in that somebody is signed in, where the registry says nothing of a limit. */
  signedIn(): void;
  /** For a forecast. */
  state(): { allowance: Allowance; spendings: readonly Spending[] };
}

/** What a budget begins with. */
export interface BudgetOptions {
  /** Manifests in six hours, all tasks together. @default - what the registry says */
  given: number | undefined;
  /** Tasks that share it. */
  tasks: number;
  /** What the ledger knows. */
  spendings: readonly Spending[];
}

/** The budget of Docker Hub, or of a registry that counts as it does. */
export function budgetOf({ given, tasks, spendings }: BudgetOptions): Budget {
  const own = [...spendings];
  let foreign: Spending | undefined;
  let isTold = given !== undefined;
  let allowance = shareOf({ manifests: given ?? HUB_BUDGET.anonymous, window: HUB_WINDOW }, tasks);
  const all = () => (foreign ? [...own, foreign].sort((one, other) => one.at - other.at) : own);
  return {
    wait: (manifests, now) => waitFor(manifests, all(), allowance, now),
    spend(manifests, at) {
      const spending = { at, manifests };
      own.push(spending);
      return () => void (own.includes(spending) && own.splice(own.indexOf(spending), 1));
    },
    note({ limit, remaining, window }, now) {
      isTold = true;
      if (given === undefined) allowance = shareOf({ manifests: limit, window }, tasks);
      if (remaining !== undefined) foreign = foreignSpending(own, allowance, remaining, now);
    },
    signedIn() {
      if (!isTold) allowance = shareOf({ manifests: HUB_BUDGET.account, window: HUB_WINDOW }, tasks);
    },
    state: () => ({ allowance, spendings: all() }),
  };
}
