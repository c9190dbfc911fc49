import { duration, seconds } from "../durations";
import { readReference } from "../reference/reference";
import { readSecretVersion } from "../registry/upstreams";
import { all, type Rule, shown, wholeBetween } from "../rules";
import { LEDGERS_PREFIX } from "./mirror";

/** A rule for the name of the plan's object: what a condition of Cloud IAM can hold, and no ledger. */
export const planObject: Rule<string> = (value) => {
  if (typeof value !== "string" || !/^[\w.-]+(\/[\w.-]+)*$/.test(value) || value.length > 255)
    return `must be the name of an object such as migration/plan.yaml: at most 255 letters, digits, ".", "_", "-" and "/", got ${shown(value)}`;
  return value.startsWith(LEDGERS_PREFIX)
    ? `must not lie below ${LEDGERS_PREFIX}, where the mirror writes, got ${shown(value)}`
    : undefined;
};

/** A rule for the text of a plan, which is easily mistaken for the name of its file. */
export const planText: Rule<string> = (value) =>
  typeof value === "string" && /(^|[{,])[ \t]*["']?kind["']?:[ \t]*["']?MigrationPlan\b/m.test(value)
    ? undefined
    : `must be the text of a plan, with its line "kind: MigrationPlan"; read the file that kiln containers plan wrote, got ${shown(value)}`;

/** A rule for the image that the job runs. */
export const jobImage: Rule<string> = (value) => {
  const { problem } = typeof value === "string" ? readReference(value) : { problem: "must be text" };
  return problem === undefined ? undefined : `is no image: it ${problem}, got ${shown(value)}`;
};

/** A rule for the version of the secret that holds Docker's configuration. What is given may be that itself and is never shown. */
export const dockerConfigSecret: Rule<string> = (value) =>
  typeof value === "string" && readSecretVersion(value)
    ? undefined
    : "must be a secret's version as projects/P/secrets/S/versions/V; put Docker's config.json into Secret Manager and name its version here (what was given is not shown)";

/** https://cloud.google.com/run/docs/configuring/task-timeout */
const LONGEST_TIMEOUT = 168 * 3_600;

/** A rule for how long a task may take. */
export const taskTimeout: Rule<string> = all(duration, (value) => {
  const length = seconds(value);
  return length >= 1 && length <= LONGEST_TIMEOUT ? undefined : `must be from 1s to 168h, got ${shown(value)}`;
});

/** A rule for the number of tasks. https://cloud.google.com/run/quotas */
export const taskCount: Rule<number> = wholeBetween(1, 10_000, "tasks");

/** A rule for how many of so many tasks run at once. */
export function parallelism(tasks: number): Rule<number> {
  return wholeBetween(1, tasks, "tasks at once, since taskCount is no more");
}

/** A rule for how often a task is tried again. https://cloud.google.com/run/docs/configuring/max-retries */
export const maxRetries: Rule<number> = wholeBetween(0, 10, "retries");

/** A rule for the pulls from Docker Hub in six hours. */
export const hubBudget: Rule<number> = wholeBetween(1, 1_000_000, "pulls in six hours");

/** Mebibytes that so many processors go with. https://cloud.google.com/run/docs/configuring/services/memory-limits */
const MEMORY_BY_CPU: Readonly<Record<number, readonly [least: number, most: number] | undefined>> = {
  1: [512, 4_096],
  2: [512, 8_192],
  4: [2_048, 16_384],
  6: [4_096, 24_576],
  8: [4_096, 32_768],
};

/** A rule for the processors of a task. */
export const cpu: Rule<number> = (value) =>
  Object.hasOwn(MEMORY_BY_CPU, String(value))
    ? undefined
    : `must be one of ${Object.keys(MEMORY_BY_CPU).join(", ")}, got ${shown(value)}`;

/** A rule for the memory of a task. */
export const memory: Rule<string> = (value) =>
  mebibytes(value) === undefined ? `must be a quantity of memory such as 512Mi or 2Gi, got ${shown(value)}` : undefined;

/** A rule for memory beside processors, each of which is right by itself. */
export const memoryOfCpu: Rule<{ cpu: number; memory: string }> = ({ cpu: processors, memory: text }) => {
  const [least, most] = MEMORY_BY_CPU[processors] ?? [0, Infinity];
  const size = mebibytes(text) ?? least;
  return size >= least && size <= most
    ? undefined
    : `must be from ${least}Mi to ${most}Mi with ${processors} vCPU, got ${shown(text)}`;
};

/** A rule for where a task's traffic goes out. */
export const egressPlace: Rule<{ network?: unknown; subnetwork?: unknown }> = ({ network, subnetwork }) =>
  network === undefined && subnetwork === undefined
    ? "must have network, subnetwork or both, got neither; leave egress out for Google's shared addresses"
    : undefined;

function mebibytes(text: unknown): number | undefined {
  const [, count, unit] = (typeof text === "string" && /^([1-9][0-9]{0,5})(Mi|Gi)$/.exec(text)) || [];
  return count === undefined ? undefined : Number(count) * (unit === "Gi" ? 1_024 : 1);
}
