import pLimit from "p-limit";
import { type Action, ActionKind } from "../core/lifecycle/action";
import { applied } from "../core/lifecycle/applied";
import { LifecycleMode } from "../core/lifecycle/familyPolicy";
import { type Image } from "../core/lifecycle/image";
import { ActionOutcome, type ActionRow } from "../core/lifecycle/report";
import { differenceOf } from "./difference";
import { failureOf } from "./failure";
import { type Host } from "./host";
import { type Images } from "./images";
import { type Lease } from "./lease";
import { OperationUnfinished } from "./operations";

/** Changes of one kind that are made at the same time. */
const AT_ONCE = 8;

/** What carrying out actions needs. */
export interface Acting {
  images: Images;
  host: Pick<Host, "now">;
  /** No action begins later; milliseconds since 1970. */
  stopAt: number;
  /** No action begins once it is aborted. */
  signal?: AbortSignal;
  /** Who acts on images at all; asked before every change. @default - nobody else does */
  lease?: Pick<Lease, "keep">;
  /** Called before the first deletion: which of them must not be made by now, and why. @default - all are made */
  recheck?: (deletions: readonly Action[]) => Promise<ReadonlyMap<string, string>>;
  /** Told of each action as it comes to its end. */
  onRow?: (row: ActionRow) => void;
}

/** What became of actions. */
export interface CarriedOut {
  /** In the order of the actions. */
  rows: ActionRow[];
  /** Why nothing more was done, where the lease was lost. */
  lost?: string;
}

/**
 * Carries out actions: one kind after the other, those of a kind several at a time. What goes wrong with an image leaves
 * the others alone, but where an image could not be activated, nothing else is done to its family.
 *
 * @param known the images as they were when the actions were decided.
 */
export async function carryOut(
  actions: readonly Action[],
  known: readonly Image[],
  acting: Acting,
): Promise<CarriedOut> {
  const images = new Map(known.map((image) => [image.name, image]));
  const run = { acting, images, stopped: new Map<string, string>(), lost: undefined as string | undefined };
  const rows: ActionRow[] = [];
  for (const group of groupsOf(actions)) {
    const kept = await keptOf(group, run);
    rows.push(
      ...(await pLimit(AT_ONCE).map(group, async (action) => {
        const row = rowOf(action, await outcomeOf(action, kept, run));
        acting.onRow?.(row);
        return row;
      })),
    );
  }
  return { rows, ...(run.lost === undefined ? {} : { lost: run.lost }) };
}

interface Run {
  acting: Acting;
  /** As they should be by now. */
  images: Map<string, Image>;
  /** Families that nothing more is done to, with the reason. */
  stopped: Map<string, string>;
  lost: string | undefined;
}

type Outcome = Pick<ActionRow, "outcome" | "message">;

function groupsOf(actions: readonly Action[]): Action[][] {
  const groups: Action[][] = [];
  for (const action of actions) {
    const last = groups.at(-1);
    if (last && last[0].kind === action.kind) last.push(action);
    else groups.push([action]);
  }
  return groups;
}

function rowOf({ kind, image, family, mode, reason }: Action, outcome: Outcome): ActionRow {
  return { kind, image, ...(family ? { family } : {}), mode, reason, ...outcome };
}

/** Deletions that must not be made by now. */
async function keptOf(group: Action[], { acting }: Run): Promise<ReadonlyMap<string, string>> {
  const real = group.filter(({ kind, mode }) => kind === ActionKind.Delete && mode === LifecycleMode.Enforce);
  const isDue = real.length > 0 && acting.host.now() < acting.stopAt;
  return (isDue ? await acting.recheck?.(real) : undefined) ?? new Map();
}

async function outcomeOf(action: Action, kept: ReadonlyMap<string, string>, run: Run): Promise<Outcome> {
  if (action.mode === LifecycleMode.Report) return { outcome: ActionOutcome.Reported };
  const inTheWay = kept.get(action.image);
  if (inTheWay !== undefined) return { outcome: ActionOutcome.Changed, message: inTheWay };
  const left = await whyLeft(action, run);
  if (left !== undefined) return { outcome: ActionOutcome.Left, message: left };
  try {
    const outcome = await made(action, run);
    if (outcome.outcome === ActionOutcome.Done) note(action, run.images);
    return outcome;
  } catch (error) {
    return failed(action, error, run);
  }
}

async function whyLeft({ family = "" }: Action, run: Run): Promise<string | undefined> {
  const { acting, stopped } = run;
  if (acting.signal?.aborted) return "somebody stopped the run; the next one goes on";
  if (acting.host.now() >= acting.stopAt) return "the time was up; the next run goes on";
  const reason = stopped.get(family) ?? run.lost;
  if (reason !== undefined) return reason;
  try {
    await acting.lease?.keep();
  } catch (error) {
    run.lost = `the lease could not be kept: ${failureOf(error).message}`;
  }
  return run.lost;
}

async function made(action: Action, { acting: { images }, images: known }: Run): Promise<Outcome> {
  const { kind, image, deprecated, labels } = action;
  if (kind === ActionKind.Obsolete || kind === ActionKind.Delete) {
    const now = await images.get(image);
    if (!now) return { outcome: ActionOutcome.Gone };
    const difference = differenceOf(known.get(image), now);
    if (difference !== undefined) return { outcome: ActionOutcome.Changed, message: difference };
  }
  if (kind === ActionKind.Delete) await images.delete(image);
  if (labels) await images.label(image, labels);
  if (deprecated) await images.deprecate(image, deprecated);
  return { outcome: ActionOutcome.Done };
}

function note(action: Action, images: Map<string, Image>): void {
  const before = images.get(action.image);
  if (!before) return;
  const [after] = applied([before], [action]);
  if (after) images.set(action.image, after);
  else images.delete(action.image);
}

function failed({ kind, image, family = "" }: Action, error: unknown, { stopped }: Run): Outcome {
  const { status, message } = failureOf(error);
  if (status === 404) return { outcome: ActionOutcome.Gone };
  if (error instanceof OperationUnfinished) return { outcome: ActionOutcome.Left, message };
  if (kind === ActionKind.Activate) stopped.set(family, `${image} could not be activated first`);
  return { outcome: ActionOutcome.Failed, message };
}
