import { versionIn } from "../../core/copy/items";
import { nextTurn } from "../../core/copy/queue";
import { bytesOf } from "./content";
import { CopyFailure } from "./copyFailure";
import { copy, type Job, look, resolve, survey, surveyCost, timeOf } from "./copyImage";
import {
  begin,
  type CopyPlanOptions,
  type CopyResult,
  enqueue,
  type Entry,
  otherImage,
  type Run,
  settled,
  tried,
} from "./runState";
import { inTurns } from "./turns";

/** Questions that are asked at a time before anything is copied. */
export const LOOKS_AT_ONCE = 16;

/** Copies the images. All digests are asked for at once, and what is known by its digest is copied meanwhile. */
export async function copyPlan(options: CopyPlanOptions): Promise<CopyResult> {
  const run = begin(options);
  const { items, watch } = options;
  watch.begin(items.length);
  await Promise.all([prepareAll(run), work(run)]);
  if (run.fatal !== undefined) throw run.fatal as Error;
  return { ...run.result, left: items.length - run.result.copied - run.result.found - run.result.failed.length };
}

async function prepareAll(run: Run): Promise<void> {
  try {
    await inTurns(run.jobs, LOOKS_AT_ONCE, run.options.signal, async (job) => {
      if (run.fatal === undefined) await prepare(run, job);
    });
  } catch (error) {
    run.fatal ??= error;
  } finally {
    run.isPrepared = true;
    run.bell.ring();
  }
}

/** Resolves an image, and looks whether the destination has it already, as far as that costs nothing. */
async function prepare(run: Run, job: Job): Promise<void> {
  const { workshop, options } = run;
  // What wants to be left alone is asked when its time has come.
  if ((run.pauses.get(job.from.domain) ?? 0) > workshop.now()) return enqueue(run, job, 0);
  await tried(run, job, async () => {
    await resolve(job, workshop);
    if (surveyCost(job, workshop) === 0) await survey(job, workshop);
    if (job.content) options.watch.sized(job.image.source, bytesOf(job.content));
    // What is there already is not to wait for a budget; others are looked at right before they are copied.
    if (workshop.isCounted(job.from.domain) && (job.selection || !job.image.platforms) && (await isDone(run, job)))
      return;
    enqueue(run, job, 0);
  });
}

/** Looks at the destination, and whether nothing is left to do. */
async function isDone(run: Run, job: Job, refund?: () => void): Promise<boolean> {
  const place = await look(job, run.workshop);
  const isRefused = place === "other" && !run.workshop.overwrite;
  if (place === "there" || isRefused) refund?.();
  if (isRefused) throw otherImage(job);
  if (place === "there") settled(run, job, "found");
  return place === "there";
}

/** While the tool copies some images, others are looked at, verified and recorded. */
const STEPS_BESIDE = 3;

/** Gives every image its turn, until none is left. */
async function work(run: Run): Promise<void> {
  const { queue, atWork, pauses, sent, options } = run;
  const { budgets, jobs, signal, now } = options;
  const ring = () => run.bell.ring();
  signal.addEventListener("abort", ring);
  while ((queue.length > 0 || atWork.size > 0 || !run.isPrepared) && !signal.aborted && run.fatal === undefined) {
    let until: number | undefined;
    while (atWork.size < jobs * STEPS_BESIDE && queue.length > 0) {
      const state = { now: now(), atWork: [...atWork.keys()], pauses, sent };
      const turn = nextTurn(queue, {
        ...state,
        // Where a registry counts, the plan's order holds: who comes first may not be known yet.
        budgetWait: (registry, manifests) =>
          budgets.has(registry) && !run.isPrepared ? Infinity : (budgets.get(registry)?.wait(manifests, now()) ?? 0),
      });
      until = turn.until;
      if (turn.index === undefined) {
        if (atWork.size === 0 && until !== undefined) options.watch.waiting(until, turn.budgetOf);
        break;
      }
      start(run, queue.splice(turn.index, 1)[0]);
    }
    await run.bell.wait(until === undefined ? undefined : Math.min(until - now(), LOOK_AGAIN));
    if (atWork.size === 0 && until !== undefined && until > now() && !signal.aborted) await askForLimit(run);
  }
  signal.removeEventListener("abort", ring);
  await Promise.all(atWork.values());
}

/** A registry is asked so often what is left of its limit, in milliseconds: that costs nothing there. */
const LOOK_AGAIN = 10 * 60_000;

/** What a registry says of its limit comes with every answer. */
async function askForLimit({ queue, options }: Run): Promise<void> {
  const counted = queue.find(({ registry }) => options.budgets.has(registry));
  if (!counted) return;
  const { from, state } = counted.job;
  try {
    await options.registries.find(from, state.digest ?? versionIn(from));
  } catch (error) {
    if (!(error instanceof CopyFailure) && !options.signal.aborted) throw error;
  }
}

function start(run: Run, entry: Entry): void {
  const { atWork, options, workshop } = run;
  const { job, manifests, registry } = entry;
  const budget = manifests > 0 ? options.budgets.get(registry) : undefined;
  const spent = budget?.spend(manifests);
  const spend = async () => {
    if (budget)
      await workshop.record({ step: "spent", at: timeOf(workshop), source: job.image.source, registry, manifests });
  };
  const step = async () => {
    try {
      await tried(run, job, () => takeStep(run, job, spend, () => spent?.refund()));
    } catch (error) {
      if (!options.signal.aborted) run.fatal ??= error;
    } finally {
      spent?.settle(workshop.now());
      atWork.delete(entry);
      run.bell.ring();
    }
  };
  atWork.set(entry, step());
}

/** What was looked at so many milliseconds ago is not looked at again before it is copied. */
const FRESH = 60_000;

async function takeStep(run: Run, job: Job, spend: () => Promise<void>, refund: () => void): Promise<void> {
  const { workshop, options } = run;
  if (job.state.digest === undefined) return prepare(run, job);
  if (!job.selection) {
    const isPaid = surveyCost(job, workshop) > 0;
    if (isPaid) await spend();
    await survey(job, workshop);
    if (isPaid) return enqueue(run, job, 0);
  }
  if (workshop.now() - job.lookedAt > FRESH || (job.selection?.kind !== "whole" && job.image.platforms)) {
    if (await isDone(run, job, refund)) return;
  }
  await spend();
  options.watch.started(job.image.source);
  await copy(job, workshop);
  settled(run, job, "copied");
}
