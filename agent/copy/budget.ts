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
  /** Takes so many for a step that begins. */
  spend(manifests: number): Spent;
  /** Takes in what the registry says of its limit. */
  note(limit: RateLimit, now: number): void;
  /** Takes in that somebody is signed in, where the registry says nothing of a limit. */
  signedIn(): void;
  /** For a forecast. */
  state(): { allowance: Allowance; spendings: readonly Spending[] };
}

/** Manifests that a step reads at some time until it ends. */
export interface Spent {
  /** Gives them back. */
  refund(): void;
  /** The step is over: from now on the window runs. */
  settle(now: number): void;
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
  const all = () => [...own, ...(foreign ? [foreign] : [])].sort((one, other) => (one.at < other.at ? -1 : 1));
  return {
    wait: (manifests, now) => waitFor(manifests, all(), allowance, now),
    spend(manifests) {
      const spending = { at: Infinity, manifests };
      own.push(spending);
      return {
        refund: () => void (own.includes(spending) && own.splice(own.indexOf(spending), 1)),
        settle: (now) => void (spending.at = now),
      };
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
