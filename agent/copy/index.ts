import { createHash } from "node:crypto";
import { identityOf, itemsOf } from "../../core/copy/items";
import { type CopyLedgerDocument } from "../../core/copy/ledger";
import { type Shard } from "../../core/copy/shards";
import { API_VERSION } from "../../core/lifecycle/familyPolicy";
import { type MigrationPlanDocument } from "../../core/migration/migrationPlan";
import { DOCKER_HUB } from "../../core/reference/reference";
import { type Budget, budgetOf } from "./budget";
import { type Ledger } from "./ledger";
import { type Outlook, outlookOf } from "./outlook";
import { type Registries, registriesOf } from "./registry";
import { copyPlan } from "./run";
import { type CopyPlanOptions, type CopyResult } from "./runState";
import { toolRunner } from "./starters";
import { titleOf } from "./tool";
import { type Watch } from "./watch";

/** What a copy is told. */
export interface CopyRequest {
  plan: MigrationPlanDocument;
  shard: Shard;
  /** The program, crane or gcrane. */
  tool: string;
  jobs: number;
  /** Manifests in six hours, all tasks together. @default - what Docker Hub says */
  hubBudget?: number;
  overwrite: boolean;
  standIns: ReadonlyMap<string, string>;
  signal: AbortSignal;
  watch: Watch;
  openLedger(header: CopyLedgerDocument): Promise<Ledger>;
}

/** Copies what a plan says, from where its ledger ends. */
export const copyImages = (request: CopyRequest): Promise<CopyResult> => inWorkshop(request, true, copyPlan);

/** Tells what would be copied, and when; neither destinations nor the ledger are changed. */
export const previewCopy = (request: CopyRequest): Promise<Outlook[]> => inWorkshop(request, false, outlookOf);

/** Larger images than can be copied in so many milliseconds are none that are pulled. */
const TIMEOUT = 6 * 3600_000;

async function inWorkshop<T>(
  request: CopyRequest,
  isCopying: boolean,
  work: (options: CopyPlanOptions) => Promise<T>,
): Promise<T> {
  const { plan, shard, signal, tool, jobs, overwrite, watch } = request;
  const items = itemsOf(plan, shard);
  const run = { signal, jobs, timeout: TIMEOUT };
  const runner = toolRunner(tool, run);
  let ledger: Ledger | undefined;
  let registries: Registries | undefined;
  try {
    const title = titleOf(tool);
    if (isCopying) runner.warm(Math.min(jobs, items.length));
    ledger = await request.openLedger(headerOf(request, await title));
    const budgets = budgetsOf(request, ledger);
    registries = registriesOf({
      ...{ ...run, tool, standIns: request.standIns },
      onRateLimit: (domain, limit) => budgets.get(domain)?.note(limit, Date.now()),
      onSignedIn: (domain) => budgets.get(domain)?.signedIn(),
    });
    return await work({
      ...{ items, ledger, registries, budgets, signal, jobs, overwrite, watch },
      run: (args, isVerbose) => runner.run(args, isVerbose),
      now: () => Date.now(),
      random: () => Math.random(),
    });
  } finally {
    runner.close();
    registries?.close();
    await ledger?.close();
  }
}

function budgetsOf({ hubBudget, shard }: CopyRequest, { state }: Ledger): Map<string, Budget> {
  const spendings = state.spendings.get(DOCKER_HUB) ?? [];
  return new Map([[DOCKER_HUB, budgetOf({ given: hubBudget, tasks: shard.tasks, spendings })]]);
}

function headerOf({ plan, shard }: CopyRequest, tool: string): CopyLedgerDocument {
  const digest = createHash("sha256").update(identityOf(plan)).digest("hex");
  return {
    ...{ apiVersion: API_VERSION, kind: "CopyLedger", plan: `sha256:${digest}` },
    ...{ ...shard, tool, at: new Date().toISOString() },
  };
}
