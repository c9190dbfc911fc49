import { type Shard, WHOLE } from "./shards";

/** The task of a Cloud Run job that runs, as its environment tells it. */
export interface RunningTask {
  shard: Shard;
  /** One run of the job, all its tasks and their retries; nothing outside of Cloud Run. */
  execution?: string;
}

/**
 * Reads what Cloud Run tells the tasks of a job. https://cloud.google.com/run/docs/container-contract#jobs-env-vars
 *
 * @throws RangeError for an environment that no task has.
 */
export function readTask(environment: Readonly<Record<string, string | undefined>>): RunningTask {
  const { CLOUD_RUN_TASK_INDEX: index, CLOUD_RUN_TASK_COUNT: count, CLOUD_RUN_EXECUTION: execution } = environment;
  const whole = execution === undefined || !/^[\w.-]{1,128}$/.test(execution) ? {} : { execution };
  if (index === undefined && count === undefined) return { shard: WHOLE, ...whole };
  const [task, tasks] = [index ?? "0", count ?? "1"].map((text) => (/^\d{1,6}$/.test(text) ? Number(text) : NaN));
  if (!(tasks >= 1) || !(task < tasks))
    throw new RangeError(
      `CLOUD_RUN_TASK_INDEX must be a number from 0 below CLOUD_RUN_TASK_COUNT, got ${JSON.stringify(index)} of ${JSON.stringify(count)}`,
    );
  return { shard: { task, tasks }, ...whole };
}

/** Where a ledger is kept. */
export type LedgerPlace = { file: string } | { bucket: string; prefix: string };

/** An object of Cloud Storage. */
export interface ObjectAddress {
  bucket: string;
  object: string;
}

/** Reads `gs://bucket/object`; nothing for another address. */
export function readObjectUrl(text: string): ObjectAddress | undefined {
  const [, bucket, object] = /^gs:\/\/([a-z0-9][a-z0-9._-]{1,220}[a-z0-9])\/(.+)$/.exec(text) ?? [];
  return bucket === undefined ? undefined : { bucket, object };
}

/**
 * Where a task's ledger is: beside the plan, unless it is said. In Cloud Run each execution has ledgers of its own, so
 * that the next one looks anew at what tags stand for.
 *
 * @param ledger a file, or the beginning of the names of objects.
 */
export function ledgerPlace(plan: string, ledger: string | undefined, { shard, execution }: RunningTask): LedgerPlace {
  const task = shard.tasks === 1 ? "" : `task-${shard.task}-of-${shard.tasks}`;
  const beside = plan.replace(/\.ya?ml$/, "");
  const chosen = ledger ?? (plan.startsWith("gs://") ? `${beside}.ledger/` : `${beside}.ledger.jsonl`);
  const address = readObjectUrl(chosen);
  if (address) {
    const folder = [address.object.replace(/\/+$/, ""), execution, task].filter(Boolean).join("/");
    return { bucket: address.bucket, prefix: `${folder}/` };
  }
  const file = chosen.endsWith("/") ? `${chosen}ledger.jsonl` : chosen;
  return { file: task === "" ? file : `${file.replace(/\.jsonl$/, "")}.${task}.jsonl` };
}
