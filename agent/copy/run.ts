import { FailureKind } from "../../core/copy/failures";
import { type CopyItem, versionIn } from "../../core/copy/items";
import { nextTurn, type Waiting } from "../../core/copy/queue";
import { isForAll, waitBeforeRetry } from "../../core/copy/retries";
import { repositoryOf } from "../../core/reference/reference";
import { bytesOf } from "./content";
import { type Budget } from "./budget";
import { CopyFailure } from "./copyFailure";
import { copy, copyCost, type Job, look, resolve, survey, surveyCost, timeOf, type Workshop } from "./copyImage";
import { type Ledger } from "./ledger";
import { type Bell, bell, inTurns } from "./turns";
import { type Watch } from "./watch";

/** How a copy is made. */
export interface CopyPlanOptions extends Omit<Workshop, "isCounted" | "record"> {
  items: CopyItem[];
  ledger: Ledger;
  /** Images that are copied at a time. */
  jobs: number;
  signal: AbortSignal;
  watch: Watch;
  /** What is left of the budget, for the registries that count. */
  budgets: Map<string, Budget>;
  /** From 0 to 1. */
  random(): number;
}

/** How a copy ended. */
export interface CopyResult {
  copied: number;
  /** Of those that were copied. */
  bytes: number;
  /** Were at the destination before. */
  found: number;
  failed: { source: string; kind: FailureKind; message: string }[];
  /** Were not looked at any more. */
  left: number;
}

/** Questions that are asked at a time before anything is copied. */
export const LOOKS_AT_ONCE = 16;

interface Entry extends Waiting {
  job: Job;
  /** In the plan. */
  order: number;
}

/** Copies the images: first all digests are found out, then what the destinations lack is copied. */
export async function copyPlan(options: CopyPlanOptions): Promise<CopyResult> {
  const run = begin(options);
  const { items, watch, signal } = options;
  watch.begin(items.length);
  await inTurns(run.jobs, LOOKS_AT_ONCE, signal, (job) => prepare(run, job));
  await work(run);
  return { ...run.result, left: items.length - run.result.copied - run.result.found - run.result.failed.length };
}

interface Run {
  options: CopyPlanOptions;
  workshop: Workshop;
  jobs: Job[];
  /** Rings whenever a step is over. */
  bell: Bell;
  queue: Entry[];
  atWork: Map<Entry, Promise<void>>;
  pauses: Map<string, number>;
  sent: Map<string, Set<string>>;
  result: Omit<CopyResult, "left">;
  /** What ends the whole run. */
  fatal?: unknown;
}

/** The images, with what the ledger knows of them. */
export function jobsOf(items: readonly CopyItem[], { state }: Ledger): Job[] {
  return items.map((item, order) => ({
    ...{ ...item, order, known: new Map(), lookedAt: -Infinity, attempt: 1 },
    state: state.images.get(item.image.source) ?? {},
  }));
}

/** What the steps of every image work with. */
export function workshopOf(options: CopyPlanOptions): Workshop {
  const { ledger, budgets } = options;
  return { ...options, record: (step) => ledger.add(step), isCounted: (domain) => budgets.has(domain) };
}

function begin(options: CopyPlanOptions): Run {
  const { ledger, items } = options;
  return {
    options,
    workshop: workshopOf(options),
    jobs: jobsOf(items, ledger),
    ...{ bell: bell(), queue: [], atWork: new Map(), pauses: new Map(), sent: new Map() },
    result: { copied: 0, bytes: 0, found: 0, failed: [] },
  };
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

/** What the destination has is not overwritten unasked. */
export function otherImage({ to, state }: Job): CopyFailure {
  return new CopyFailure(
    FailureKind.OtherImage,
    `${repositoryOf(to)}:${to.tag} is another image already, not ${state.digest}`,
  );
}

/** Takes a step; what fails is taken again later, or given up. */
async function tried(run: Run, job: Job, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof CopyFailure)) throw error;
    await retryOrGiveUp(run, job, error);
  }
}

async function retryOrGiveUp(run: Run, job: Job, { kind, message, ...failure }: CopyFailure): Promise<void> {
  const { options, workshop, result, pauses } = run;
  const { source } = job.image;
  const isOfDestination = message.includes(`/v2/${job.to.path}/`);
  const retryAfter =
    failure.retryAfter ??
    (isForAll(kind) ? await options.registries.retryAfter(isOfDestination ? job.to : job.from, message) : undefined);
  const wait = waitBeforeRetry({ kind, attempt: job.attempt, retryAfter }, options.random());
  if (wait === undefined) {
    await workshop.record({ step: "failed", at: timeOf(workshop), source, kind, message });
    result.failed.push({ source, kind, message });
    options.watch.failed(source, kind, message);
    return;
  }
  job.attempt++;
  job.lookedAt = -Infinity;
  const until = workshop.now() + wait;
  const registry = isOfDestination ? job.to.domain : job.from.domain;
  if (isForAll(kind)) pauses.set(registry, Math.max(until, pauses.get(registry) ?? 0));
  options.watch.retry(source, message, wait);
  enqueue(run, job, until);
}

function enqueue({ queue, workshop }: Run, job: Job, notBefore: number): void {
  const entry: Entry = {
    ...{ job, order: job.order },
    ...{ source: job.image.source, registry: job.from.domain, destination: job.to.domain },
    repository: repositoryOf(job.to),
    manifests: surveyCost(job, workshop) || copyCost(job, workshop),
    notBefore,
    ...(job.content ? { parts: new Set([...job.content.manifests, ...job.content.blobs.keys()]) } : {}),
  };
  let at = queue.length;
  while (at > 0 && queue[at - 1].order > entry.order) at--;
  queue.splice(at, 0, entry);
}

function settled({ options, result, sent }: Run, job: Job, how: "copied" | "found"): void {
  result[how]++;
  if (how === "copied") result.bytes += job.state.copied?.bytes ?? 0;
  const repository = repositoryOf(job.to);
  const parts = sent.get(repository) ?? new Set();
  for (const part of [...(job.content?.manifests ?? []), ...(job.content?.blobs.keys() ?? [])]) parts.add(part);
  sent.set(repository, parts);
  // Of thousands of images, those that are done need no memory.
  job.known.clear();
  job.content = undefined;
  options.watch.done(job.image.source, how, job.state.copied?.bytes ?? 0);
}

/** While the tool copies some images, others are looked at, verified and recorded. */
const STEPS_BESIDE = 3;

/** Gives every image its turn, until none is left. */
async function work(run: Run): Promise<void> {
  const { queue, atWork, pauses, sent, options } = run;
  const { budgets, jobs, signal, now } = options;
  const ring = () => run.bell.ring();
  signal.addEventListener("abort", ring);
  while ((queue.length > 0 || atWork.size > 0) && !signal.aborted && run.fatal === undefined) {
    let until: number | undefined;
    while (atWork.size < jobs * STEPS_BESIDE && queue.length > 0) {
      const state = { now: now(), atWork: [...atWork.keys()], pauses, sent };
      const turn = nextTurn(queue, {
        ...state,
        budgetWait: (registry, manifests) => budgets.get(registry)?.wait(manifests, now()) ?? 0,
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
  if (run.fatal !== undefined) throw run.fatal as Error;
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
