import { type FailureKind } from "../../core/copy/failures";
import { forecast } from "../../core/copy/forecast";
import { hubPulls } from "../../core/migration/batches";
import { bytesOf } from "./content";
import { CopyFailure } from "./copyFailure";
import { copyCost, type Job, look, resolve, survey, surveyCost, type Workshop } from "./copyImage";
import { LOOKS_AT_ONCE } from "./run";
import { type CopyPlanOptions, jobsOf, otherImage, workshopOf } from "./runState";
import { inTurns } from "./turns";

/** What would become of an image. */
export interface Outlook {
  source: string;
  destination: string;
  what: "copy" | "there" | "fail";
  /** At the source, now. */
  digest?: string;
  /** Nothing where reading them would cost. */
  bytes?: number;
  /** Manifests that are read from a registry that counts them. */
  manifests: number;
  /** Milliseconds until the registry lets them be read. */
  wait: number;
  kind?: FailureKind;
  message?: string;
}

/** Looks at all images, which costs nothing, and tells when the budget lets each be copied. */
export async function outlookOf(options: CopyPlanOptions): Promise<Outlook[]> {
  const workshop = workshopOf(options);
  const jobs = jobsOf(options.items, options.ledger);
  const seen: Outlook[] = [];
  options.watch.begin(jobs.length);
  await inTurns(jobs, LOOKS_AT_ONCE, options.signal, async (job) => {
    seen[job.order] = await seenOf(job, workshop);
    options.watch.done(job.image.source, "found", 0);
  });
  for (const [domain, budget] of options.budgets) {
    const own = seen.filter((_, index) => jobs[index].from.domain === domain);
    const { spendings, allowance } = budget.state();
    const costs = own.map(({ manifests }) => manifests);
    for (const [index, wait] of forecast(costs, spendings, allowance, options.now()).entries()) own[index].wait = wait;
  }
  return seen;
}

async function seenOf(job: Job, workshop: Workshop): Promise<Outlook> {
  const { image, state } = job;
  const outlook = { source: image.source, destination: image.destination, manifests: 0, wait: 0 };
  try {
    await resolve(job, workshop);
    if (surveyCost(job, workshop) === 0) await survey(job, workshop);
    const place = job.selection || !image.platforms ? await look(job, workshop) : "absent";
    if (place === "other" && !workshop.overwrite) throw otherImage(job);
    const known = { ...outlook, digest: state.digest, ...(job.content ? { bytes: bytesOf(job.content) } : {}) };
    return place === "there"
      ? { ...known, what: "there" }
      : { ...known, what: "copy", manifests: costOf(job, workshop) };
  } catch (error) {
    if (!(error instanceof CopyFailure)) throw error;
    return { ...outlook, what: "fail", kind: error.kind, message: error.message };
  }
}

/** An index of a registry that counts is not read for this: the plan's estimate stands for what it holds. */
function costOf(job: Job, workshop: Workshop): number {
  const survey = surveyCost(job, workshop);
  return survey === 0 ? copyCost(job, workshop) : survey + hubPulls(job.image);
}
