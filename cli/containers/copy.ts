import { Command, InvalidArgumentError, Option } from "commander";
import { type CopyRequest, copyImages, previewCopy } from "../../agent/copy";
import { LedgerError } from "../../agent/copy/copyFailure";
import { findTool, isGoogleHost, ToolError } from "../../agent/copy/tool";
import { itemsOf } from "../../core/copy/items";
import { readStandIns, STAND_INS_VARIABLE } from "../../core/copy/standIns";
import { readTask } from "../../core/copy/tasks";
import { ExitCode } from "../exitCode";
import { json, safe } from "../images/print";
import { print, tell } from "../images/session";
import { abortOnSignals } from "../signals";
import { ledgerAt, planAt } from "./copy/places";
import { progressOn } from "./copy/progress";
import { exitCodeOf, outlookText, summaryOf } from "./copy/summary";
import { InputError } from "./plan/inputError";

interface CopyFlags {
  tool?: string;
  ledger?: string;
  jobs: number;
  hubBudget?: number;
  overwrite?: boolean;
  dryRun?: boolean;
  format: "table" | "json";
}

/** `kiln containers copy`: copies the images of a plan. */
export function copyCommand(exit: (code: ExitCode) => void): Command {
  return new Command("copy")
    .description("Copy the images of a plan into Artifact Registry; a copy that was stopped goes on where it was")
    .argument("<plan>", "plan that kiln containers plan wrote: a file, or gs://bucket/object")
    .option("--ledger <place>", "what was done so far: a file, or gs://bucket/prefix (default: beside the plan)")
    .addOption(new Option("--jobs <number>", "images at a time").argParser(wholeFrom(1, 64)).default(4))
    .addOption(
      new Option(
        "--hub-budget <number>",
        "manifests that Docker Hub lets you read in six hours (default: what it says itself, or 100)",
      ).argParser(wholeFrom(1, 1_000_000)),
    )
    .option("--overwrite", "move tags that stand for another image at the destination")
    .option("--tool <program>", "gcrane or crane (default: what PATH has; gcrane where a registry is Google's)")
    .option("--dry-run", "copy nothing; show what would be copied, and when")
    .addOption(new Option("--format <format>", "form of the answer").choices(["table", "json"]).default("table"))
    .action(async (plan: string, flags: CopyFlags) => exit(await run(plan, flags)));
}

async function run(file: string, flags: CopyFlags): Promise<ExitCode> {
  const interrupted = abortOnSignals(stopping);
  try {
    return await copy(file, flags, interrupted.signal);
  } catch (error) {
    if (interrupted.signal.aborted) return ExitCode.Interrupted;
    for (const message of messagesOf(error)) tell(`error: ${safe(message)}`);
    return ExitCode.Failed;
  } finally {
    interrupted.end();
  }
}

async function copy(file: string, flags: CopyFlags, signal: AbortSignal): Promise<ExitCode> {
  const standIns = readStandIns(process.env[STAND_INS_VARIABLE]);
  const task = readTask(process.env);
  const plan = await planAt(file);
  const hosts = itemsOf(plan, task.shard).flatMap(({ from, to }) =>
    [from, to].map(({ domain }) => standIns.get(domain) ?? domain),
  );
  const tool = findTool({ named: flags.tool, isGoogle: hosts.some(isGoogleHost) });
  const watch = progressOn({ isTerminal: process.stderr.isTTY, write: toStderr, now: () => Date.now() });
  const choice = { plan: file, ledger: flags.ledger, task, isDry: flags.dryRun ?? false };
  const request: CopyRequest = {
    ...{ plan, tool, standIns, signal, watch, shard: task.shard },
    ...{ jobs: flags.jobs, overwrite: flags.overwrite ?? false },
    ...(flags.hubBudget === undefined ? {} : { hubBudget: flags.hubBudget }),
    openLedger: (header) => ledgerAt(choice, header),
  };
  const began = Date.now();
  try {
    if (flags.dryRun) {
      const outlooks = await previewCopy(request);
      watch.end();
      print(flags.format === "json" ? json({ images: outlooks }) : outlookText(outlooks));
      return signal.aborted ? ExitCode.Interrupted : ExitCode.Ok;
    }
    const result = await copyImages(request);
    watch.end();
    print(flags.format === "json" ? json(result) : summaryOf(result, Date.now() - began));
    return exitCodeOf(result, signal.aborted);
  } finally {
    watch.end();
  }
}

/** @throws what was not foreseen. */
function messagesOf(error: unknown): readonly string[] {
  if (error instanceof InputError) return error.messages;
  if (error instanceof LedgerError || error instanceof ToolError || error instanceof RangeError) return [error.message];
  throw error;
}

function toStderr(text: string): void {
  process.stderr.write(text);
}

function wholeFrom(least: number, most: number): (value: string) => number {
  return (value) => {
    if (!/^\d{1,9}$/.test(value) || Number(value) < least || Number(value) > most)
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    return Number(value);
  };
}

/** Images that are on their way are given up, and what arrived of them is not sent again. */
function stopping(isFirst: boolean): void {
  if (!isFirst) process.exit(ExitCode.Interrupted);
  tell("stopping; the same command goes on later, and once more ends at once");
}
