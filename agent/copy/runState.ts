import { FailureKind } from "../../core/copy/failures";
import { type CopyItem } from "../../core/copy/items";
import { type Waiting } from "../../core/copy/queue";
import { isForAll, waitBeforeRetry } from "../../core/copy/retries";
import { repositoryOf } from "../../core/reference/reference";
import { type Budget } from "./budget";
import { CopyFailure } from "./copyFailure";
import { copyCost, type Job, surveyCost, timeOf, type Workshop } from "./copyImage";
import { type Ledger } from "./ledger";
import { type Bell, bell } from "./turns";
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

/** An image that waits for its turn. */
export interface Entry extends Waiting {
  job: Job;
  /** In the plan. */
  order: number;
}

/** A copy under way. */
export interface Run {
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
  /** Whether every image was looked at once. */
  isPrepared: boolean;
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

/** A copy of which nothing was done yet. */
export function begin(options: CopyPlanOptions): Run {
  const { ledger, items } = options;
  return {
    options,
    workshop: workshopOf(options),
    jobs: jobsOf(items, ledger),
    ...{ bell: bell(), queue: [], atWork: new Map(), pauses: new Map(), sent: new Map() },
    isPrepared: false,
    result: { copied: 0, bytes: 0, found: 0, failed: [] },
  };
}

/** What the destination has is not overwritten unasked. */
export function otherImage({ to, state }: Job): CopyFailure {
  return new CopyFailure(
    FailureKind.OtherImage,
    `${repositoryOf(to)}:${to.tag} is another image already, not ${state.digest}`,
  );
}

/** Takes a step; what fails is taken again later, or given up. */
export async function tried(run: Run, job: Job, step: () => Promise<void>): Promise<void> {
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

/** Puts an image where the plan's order has it. */
export function enqueue({ queue, workshop, bell: rung }: Run, job: Job, notBefore: number): void {
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
  rung.ring();
}

/** An image needs nothing more. */
export function settled({ options, result, sent }: Run, job: Job, how: "copied" | "found"): void {
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
