import { type Action } from "../../core/lifecycle/action";
import { applied } from "../../core/lifecycle/applied";
import { type ChangePlan } from "../../core/lifecycle/change";
import { type Image } from "../../core/lifecycle/image";
import { type ImageCopy } from "../../core/lifecycle/promotion";
import { ActionOutcome } from "../../core/lifecycle/report";
import { loadAgent } from "../agent";
import { ExitCode } from "../exitCode";
import { counted, json, safe } from "./print";
import { print, type Session, tell } from "./session";

/** One thing to do, as it is told. */
interface Step {
  kind: string;
  image: string;
  reason: string;
  make: () => Promise<{ outcome: ActionOutcome; message?: string }>;
}

interface Made extends Omit<Step, "make"> {
  outcome: ActionOutcome;
  message?: string;
}

/**
 * Does what was planned, one step after the other, and tells each as it is done. Ends at the first that goes wrong, or
 * between two at Ctrl-C: the same command, run again, does what is left.
 */
export async function carry(
  session: Session,
  plan: ChangePlan & { copies?: ImageCopy[] },
  images: readonly Image[],
): Promise<ExitCode> {
  const { problems, notes } = plan;
  const steps = [...actionSteps(session, plan.actions, images, await loadAgent()), ...copySteps(session, plan.copies)];
  for (const note of notes) tell(`note: ${safe(note)}`);
  for (const problem of problems) tell(`error: ${safe(problem)}`);
  const made = problems.length > 0 ? [] : await makeAll(session, steps);
  const left = steps.slice(made.filter(({ outcome }) => outcome === ActionOutcome.Done).length);
  if (session.flags.format === "json")
    print(json({ steps: made, left: left.map(({ kind, image }) => ({ kind, image })), problems, notes }));
  if (problems.length > 0) return ExitCode.Failed;
  if (left.length > 0) tell(`${counted(left.length, "step")} of ${steps.length} left; run the same command again`);
  if (left.length > 0) return session.signal.aborted ? ExitCode.Interrupted : ExitCode.Failed;
  return ExitCode.Ok;
}

async function makeAll({ flags, signal }: Session, steps: readonly Step[]): Promise<Made[]> {
  const all: Made[] = [];
  for (const { make, ...step } of steps) {
    if (signal.aborted) break;
    const progress = progressOf(`${step.kind} ${step.image} …`);
    const made = { ...step, ...(await make().finally(() => progress.end())) };
    all.push(made);
    if (made.outcome !== ActionOutcome.Done) {
      tell(`error: ${made.kind} ${safe(made.image)}: ${safe(made.message ?? made.outcome)}`);
      break;
    }
    if (flags.format === "table") print(`${made.kind.padEnd(10)}  ${safe(made.image)}  ${safe(made.reason)}\n`);
  }
  return all;
}

/** What is under way, on a terminal. */
export function progressOf(line: string): { end(): void } {
  if (!process.stderr.isTTY) return { end: () => undefined };
  process.stderr.write(safe(line));
  return { end: () => void process.stderr.write("\r\u001b[K") };
}

function actionSteps(
  { factory }: Session,
  actions: readonly Action[],
  images: readonly Image[],
  { carryOut }: Awaited<ReturnType<typeof loadAgent>>,
): Step[] {
  let known = [...images];
  return actions.map((action) => ({
    ...{ kind: action.kind, image: action.image, reason: action.reason },
    make: async () => {
      const { rows } = await carryOut([action], known, { ...factory, stopAt: Infinity });
      const { outcome, message } = rows[0];
      known = applied(known, [action]);
      return { outcome, ...(message === undefined ? {} : { message }) };
    },
  }));
}

function copySteps({ factory }: Session, copies: readonly ImageCopy[] = []): Step[] {
  return copies.map((copy) => ({
    ...{ kind: "copy", image: copy.name, reason: `${copy.reason}, into ${copy.family}` },
    make: async () => {
      const { failureOf } = await loadAgent();
      try {
        await factory.images.copy(copy);
        return { outcome: ActionOutcome.Done };
      } catch (error) {
        return { outcome: ActionOutcome.Failed, message: failureOf(error).message };
      }
    },
  }));
}
