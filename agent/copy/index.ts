import { createHash, randomUUID } from "node:crypto";
import { HUB_ALLOWANCE, type RateLimit, shareOf } from "../../core/copy/budget";
import { identityOf, itemsOf } from "../../core/copy/items";
import { type CopyLedgerDocument } from "../../core/copy/ledger";
import { type Shard } from "../../core/copy/shards";
import { API_VERSION } from "../../core/lifecycle/familyPolicy";
import { type MigrationPlanDocument } from "../../core/migration/migrationPlan";
import { DOCKER_HUB } from "../../core/reference/reference";
import { type Ledger } from "./ledgerFile";
import { type Registries, registriesOf } from "./registry";
import { type Budget, copyPlan, type CopyResult, noteRateLimit } from "./run";
import { toolRunner } from "./starters";
import { type CopyTool } from "./tool";
import { type Watch } from "./watch";

/** What a copy is told. */
export interface CopyRequest {
  plan: MigrationPlanDocument;
  shard: Shard;
  tool: CopyTool;
  jobs: number;
  /** Manifests in six hours, all tasks together; `Infinity` for no limit. @default - what Docker Hub says */
  hubBudget?: number;
  overwrite: boolean;
  /** Milliseconds that one image may take. */
  timeout: number;
  standIns: ReadonlyMap<string, string>;
  signal: AbortSignal;
  watch: Watch;
  openLedger(header: CopyLedgerDocument): Promise<Ledger>;
}

/** Copies what a plan says, from where its ledger ends. */
export async function copyImages(request: CopyRequest): Promise<CopyResult> {
  const { plan, shard, signal, tool } = request;
  const ledger = await request.openLedger(headerOf(request));
  const budgets = new Map<string, Budget>();
  const run = { signal, jobs: request.jobs, timeout: request.timeout };
  const runner = toolRunner(tool, run);
  const registries = registriesOf({
    ...{ ...run, tool, standIns: request.standIns },
    onRateLimit: (domain, limit) => noteHubLimit(request, budgets.get(domain), limit),
  });
  try {
    await setBudget(request, budgets, registries, ledger);
    return await copyPlan({
      ...{ items: itemsOf(plan, shard), ledger, registries, budgets, signal },
      ...{ jobs: request.jobs, overwrite: request.overwrite, watch: request.watch },
      run: (args, isVerbose) => runner.run(args, isVerbose),
      now: () => Date.now(),
      random: () => Math.random(),
    });
  } finally {
    runner.close();
    registries.close();
    await ledger.close();
  }
}

function headerOf({ plan, shard, tool }: CopyRequest): CopyLedgerDocument {
  const digest = createHash("sha256").update(identityOf(plan)).digest("hex");
  return {
    ...{ apiVersion: API_VERSION, kind: "CopyLedger", plan: `sha256:${digest}` },
    ...{ ...shard, tool: tool.title, at: new Date().toISOString() },
  };
}

async function setBudget(
  { hubBudget, shard }: CopyRequest,
  budgets: Map<string, Budget>,
  registries: Registries,
  { state }: Ledger,
): Promise<void> {
  if (hubBudget === Infinity) return;
  const given = { manifests: hubBudget ?? HUB_ALLOWANCE.anonymous.manifests, window: HUB_ALLOWANCE.anonymous.window };
  budgets.set(DOCKER_HUB, {
    allowance: shareOf(given, shard.tasks),
    spendings: [...(state.spendings.get(DOCKER_HUB) ?? [])],
  });
  await Promise.resolve(registries);
}

function noteHubLimit({ hubBudget, shard }: CopyRequest, budget: Budget | undefined, limit: RateLimit): void {
  if (!budget) return;
  const isGiven = hubBudget !== undefined;
  noteRateLimit(budget, limit, isGiven, Date.now());
  if (!isGiven) budget.allowance = shareOf(budget.allowance, shard.tasks);
}

/** A run's own mark. */
export const newRunId = (): string => randomUUID();
