import { hostname } from "node:os";
import { openLedgerBucket, readLedgerBucket } from "../../../agent/copy/ledgerBucket";
import { openLedgerFile, readLedgerFile } from "../../../agent/copy/ledgerFile";
import { type Ledger } from "../../../agent/copy/ledger";
import { type Bucket } from "../../../agent/bucket";
import { type Host } from "../../../agent/host";
import { type CopyLedgerDocument } from "../../../core/copy/ledger";
import { ledgerPlace, readObjectUrl, type RunningTask } from "../../../core/copy/tasks";
import { type MigrationPlanDocument } from "../../../core/migration/migrationPlan";
import { loadAgent } from "../../agent";
import { InputError } from "../plan/inputError";
import { planOf, planText } from "./plan";

/** Reads a plan from a file or from a bucket. */
export async function planAt(place: string): Promise<MigrationPlanDocument> {
  if (!place.startsWith("gs://")) return planOf(place, planText(place));
  const address = readObjectUrl(place);
  if (!address) throw new InputError([`${place} must be like gs://bucket/plan.yaml`]);
  const { bucket, failureOf } = await bucketAt(address.bucket);
  const found = await bucket.read(address.object).catch((error: unknown) => {
    throw new InputError([`${place} cannot be read: ${failureOf(error).message}`]);
  });
  if (!found) throw new InputError([`${place} is not there`]);
  return planOf(place, found.text);
}

/** How a ledger is opened. */
export interface LedgerChoice {
  plan: string;
  ledger: string | undefined;
  task: RunningTask;
  /** Nothing is written. */
  isDry: boolean;
}

/** Opens the ledger of a task, in a file or in a bucket. */
export async function ledgerAt(choice: LedgerChoice, header: CopyLedgerDocument): Promise<Ledger> {
  const { plan, ledger, task, isDry } = choice;
  const place = ledgerPlace(plan, ledger, task);
  if ("file" in place) return (isDry ? readLedgerFile : openLedgerFile)(place.file, header);
  const { bucket, machine } = await bucketAt(place.bucket);
  return (isDry ? readLedgerBucket : openLedgerBucket)(
    {
      ...{ bucket, prefix: place.prefix, url: `gs://${place.bucket}/${place.prefix}`, host: machine },
      owner: task.execution ?? `process ${process.pid} on ${hostname()}`,
    },
    header,
  );
}

interface Reached {
  bucket: Bucket;
  machine: Host;
  failureOf: (error: unknown) => { message: string };
}

async function bucketAt(name: string): Promise<Reached> {
  const agent = await loadAgent();
  const clients = agent.googleClients(agent.googleFrom(process.env));
  const { bucket } = agent.connect({ project: "", bucket: name, consumers: [] }, { clients });
  return { bucket, machine: agent.machine, failureOf: (error) => agent.failureOf(error) };
}
