import * as pulumi from "@pulumi/pulumi";
import { allReasons } from "./failures";
import { Recorder } from "./recorder";
import { collectRejections, settled } from "./settling";
import { inFreshRuntime } from "./runtime";
import type { ProgramRun, RunOptions } from "./types";

/** Long enough for a program that reads files; a program that waits longer waits for something that never comes. */
const SETTLE_WITHIN_SECONDS = 10;

/**
 * Runs a Pulumi program on Pulumi's mock runtime and waits until everything it declares, late applies included, has
 * settled. Runs do not see each other, nor the runtime of the process that calls them.
 *
 * @param program declares resources; what it returns become the stack's outputs.
 * @throws the program's own error, a rejection that nobody handled, an error that it logged, a URN declared twice, or a
 * child of a component that is not named after it; an AggregateError where there are several.
 *
 * @example
 * const run = await runProgram(() => new ImageFamily("web", { project: "acme-images", bucket: "acme-images-kiln" }));
 * expect(run).to.declare("gcp:storage/bucketObject:BucketObject").with.inputs({ bucket: "acme-images-kiln" });
 */
export function runProgram(program: () => unknown, options: RunOptions = {}): Promise<ProgramRun> {
  const run = turn.then(() => runAlone(program, options));
  turn = run.catch(() => undefined);
  return run;
}

/** Runs take turns: what rejects unhandled, and what the process waits for, tells nobody whose it is. */
let turn: Promise<unknown> = Promise.resolve();

async function runAlone(program: () => unknown, options: RunOptions): Promise<ProgramRun> {
  const recorder = new Recorder(options);
  const rejections = collectRejections();
  await new Promise((resolve) => setImmediate(resolve));
  const busyBefore = process.getActiveResourcesInfo();
  const failures: unknown[] = [];
  try {
    await inFreshRuntime(recorder, options, async () => {
      const stack = pulumi.runtime.runInPulumiStack(async () => program() as Promise<Record<string, unknown>>);
      let running = true;
      const ended = () => (running = false);
      stack.catch((error: unknown) => failures.push(error)).finally(ended);
      const limit = options.settleWithinSeconds ?? SETTLE_WITHIN_SECONDS;
      const failed = () => failures.length + rejections.reasons.length > 0;
      const late = await settled(
        { activity: () => recorder.activity, running: () => running, failed },
        busyBefore,
        limit,
      );
      if (late) failures.push(late);
    });
  } finally {
    rejections.stop();
  }
  const reasons = allReasons([...failures, ...rejections.reasons, ...recorder.problems(options)]);
  if (reasons.length === 1) throw reasons[0];
  if (reasons.length > 1) throw new AggregateError(reasons, reasons.map(messageOf).join("\n"));
  return recorder.run();
}

/**
 * The message with which a program is refused, for tests of wrong inputs.
 *
 * @throws where the program is accepted.
 */
export async function refusalOf(program: () => unknown, options: RunOptions = {}): Promise<string> {
  let run: ProgramRun;
  try {
    run = await runProgram(program, options);
  } catch (error) {
    return messageOf(error);
  }
  throw new Error(`the program was accepted and declared ${run.resources.length} resources`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
