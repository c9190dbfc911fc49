import { type Action, type LifecyclePlan } from "../core/lifecycle/action";
import { API_VERSION } from "../core/lifecycle/familyPolicy";
import {
  ActionOutcome,
  type ActionRow,
  familiesWithoutActiveImage,
  LATEST_REPORT_OBJECT,
  type LifecycleReportDocument,
  reportObjectName,
  RunOutcome,
} from "../core/lifecycle/report";
import { carryOut } from "./act";
import { failureOf } from "./failure";
import { type Host } from "./host";
import { type Held, type Lease, takeLease } from "./lease";
import { runLog, type RunLog } from "./log";
import { cameIntoUse, type Factory, observe } from "./observe";

/** How a run goes. */
export interface RunOptions {
  /** No action begins later; milliseconds since 1970. @default - any time */
  stopAt?: number;
  /** No action begins once it is aborted. */
  signal?: AbortSignal;
  /** Chooses, of what is planned, what is done; the order must stay. @default - all of it */
  review?: (plan: LifecyclePlan) => Promise<readonly Action[]>;
  /** Told of each action as it comes to its end. */
  onRow?: (row: ActionRow) => void;
}

/**
 * Enforces the policies once: takes the lease, looks, plans, acts, and writes the report. Never throws: what breaks the
 * run off is an error of its report.
 */
export async function enforceLifecycle(factory: Factory, options: RunOptions = {}): Promise<LifecycleReportDocument> {
  const { host, bucket, project } = factory;
  const startedAt = host.now();
  const run = runName(startedAt, host);
  const log = runLog(run, project, host);
  const report = blank(run, project, startedAt);
  const lease = await attempted("taking the lease", report, () => takeLease(bucket, run, host));
  if (lease && "keep" in lease) {
    await attempted("the run", report, () => acted(factory, options, { report, lease, log }));
    conclude(report, host);
    await attempted("writing the report", report, () => written(factory, report, startedAt));
    await attempted("giving the lease back", report, () => lease.release());
  }
  conclude(report, host, lease && "until" in lease ? lease : undefined);
  for (const error of report.errors) log.error(error);
  log.summary(report.summary);
  return report;
}

interface Run {
  report: LifecycleReportDocument;
  lease: Lease;
  log: RunLog;
}

async function acted(factory: Factory, options: RunOptions, { report, lease, log }: Run): Promise<void> {
  const observed = await observe(factory);
  const { policies, images, usage, plan } = observed;
  report.problems = policies.problems;
  report.unread = [...usage.unread];
  report.refusals = plan.refusals;
  report.summary.images = images.length;
  report.familiesWithoutActiveImage = familiesWithoutActiveImage(policies.policies.keys(), images);
  for (const problem of policies.problems) log.problem(problem);
  for (const refusal of plan.refusals) log.refusal(refusal);
  const actions = (await options.review?.(plan)) ?? plan.actions;
  const { lost } = await carryOut(actions, images, {
    ...{ images: factory.images, host: factory.host, lease, stopAt: options.stopAt ?? Infinity },
    ...(options.signal ? { signal: options.signal } : {}),
    recheck: (deletions) => cameIntoUse(factory, observed, deletions),
    onRow: (row) => {
      report.actions.push(row);
      log.action(row);
      options.onRow?.(row);
    },
  });
  if (lost !== undefined) report.errors.push(lost);
}

async function attempted<T>(
  what: string,
  { errors }: LifecycleReportDocument,
  call: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    errors.push(`${what} failed: ${failureOf(error).message}`);
    return undefined;
  }
}

async function written({ bucket }: Factory, report: LifecycleReportDocument, startedAt: number): Promise<void> {
  const text = `${JSON.stringify(report, undefined, 2)}\n`;
  await bucket.write(reportObjectName(report.summary.run, startedAt), text);
  await bucket.write(LATEST_REPORT_OBJECT, text);
}

/** Sorts by time, and two that begin in the same second differ. */
function runName(startedAt: number, host: Host): string {
  const time = new Date(startedAt).toISOString().replace(/\.\d+Z$/, "Z");
  return `${time.replace(/[-:]/g, "").toLowerCase()}-${host.uuid().slice(0, 8)}`;
}

function blank(run: string, project: string, startedAt: number): LifecycleReportDocument {
  const at = new Date(startedAt).toISOString();
  const counts = { images: 0, actions: {}, refusals: 0, problems: 0 };
  return {
    ...{ apiVersion: API_VERSION, kind: "LifecycleReport" },
    summary: { run, project, outcome: RunOutcome.Failed, message: "", startedAt: at, endedAt: at, ...counts },
    ...{ problems: [], errors: [], familiesWithoutActiveImage: [], unread: [], actions: [], refusals: [] },
  };
}

function conclude(report: LifecycleReportDocument, host: Host, held?: Held): void {
  const { summary, actions, refusals, problems } = report;
  const count = (outcome: ActionOutcome) => actions.filter((row) => row.outcome === outcome).length;
  const counts = Object.values(ActionOutcome).map((outcome) => [outcome, count(outcome)] as const);
  summary.actions = Object.fromEntries(counts.filter(([, many]) => many > 0));
  summary.refusals = refusals.length;
  summary.problems = problems.length;
  summary.endedAt = new Date(host.now()).toISOString();
  summary.outcome = held ? RunOutcome.Skipped : outcomeOf(report);
  summary.message = held ? `another run, ${held.owner}, holds the lease until ${held.until}` : messageOf(report);
}

function outcomeOf({ errors, problems, actions }: LifecycleReportDocument): RunOutcome {
  const some = (outcome: ActionOutcome) => actions.some((row) => row.outcome === outcome);
  if (errors.length > 0 || problems.length > 0 || some(ActionOutcome.Failed)) return RunOutcome.Failed;
  return some(ActionOutcome.Left) ? RunOutcome.Incomplete : RunOutcome.Succeeded;
}

function messageOf({ summary, errors, familiesWithoutActiveImage }: LifecycleReportDocument): string {
  const actions = Object.entries(summary.actions).map(([outcome, count]) => `${count} ${outcome}`);
  const parts = [
    `${summary.images} images`,
    `actions: ${actions.join(", ") || "none"}`,
    `${summary.refusals} refused`,
    ...(summary.problems > 0 ? [`${summary.problems} problems of policies`] : []),
    ...(familiesWithoutActiveImage.length > 0
      ? [`families without an active image: ${familiesWithoutActiveImage.length}`]
      : []),
    ...errors,
  ];
  return parts.join("; ");
}
