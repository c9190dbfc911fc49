import { Command, InvalidArgumentError, Option } from "commander";
import { copyImages } from "../../agent/copy";
import { LedgerError } from "../../agent/copy/copyFailure";
import { openLedgerFile } from "../../agent/copy/ledgerFile";
import { findTool, ToolError } from "../../agent/copy/tool";
import { readStandIns, STAND_INS_VARIABLE } from "../../core/copy/standIns";
import { WHOLE } from "../../core/copy/shards";
import { ExitCode } from "../exitCode";
import { counted, safe } from "../images/print";
import { print, tell } from "../images/session";
import { abortOnSignals } from "../signals";
import { planOf, planText } from "./copy/plan";
import { progressOn } from "./copy/progress";
import { InputError } from "./plan/inputError";

interface CopyFlags {
  tool?: string;
  ledger?: string;
  jobs: number;
  hubBudget?: number;
  overwrite?: boolean;
}

/** `kiln containers copy`: copies the images of a plan. */
export function copyCommand(exit: (code: ExitCode) => void): Command {
  return new Command("copy")
    .description("Copy the images of a plan into Artifact Registry; a copy that was stopped goes on where it was")
    .argument("<plan>", "plan that kiln containers plan wrote")
    .option("--tool <program>", "gcrane or crane (default: the one on PATH)")
    .option("--ledger <file>", "what was done so far (default: beside the plan)")
    .addOption(new Option("--jobs <number>", "images at a time").argParser(wholeFrom(1, 64)).default(4))
    .addOption(
      new Option(
        "--hub-budget <number>",
        "manifests that Docker Hub lets you read in six hours (default: what it says, or 100)",
      ).argParser(wholeFrom(1, 1_000_000)),
    )
    .option("--overwrite", "move tags that stand for another image")
    .action(async (plan: string, flags: CopyFlags) => exit(await run(plan, flags)));
}

async function run(file: string, flags: CopyFlags): Promise<ExitCode> {
  const interrupted = abortOnSignals(stopping);
  try {
    const plan = planOf(file, planText(file));
    const tool = await findTool(flags.tool);
    const watch = progressOn({
      isTerminal: process.stderr.isTTY,
      write: (text) => void process.stderr.write(text),
      now: () => Date.now(),
    });
    const result = await copyImages({
      ...{ plan, tool, shard: WHOLE, jobs: flags.jobs, overwrite: flags.overwrite ?? false, watch },
      ...(flags.hubBudget === undefined ? {} : { hubBudget: flags.hubBudget }),
      ...{ timeout: 3600_000, signal: interrupted.signal },
      standIns: readStandIns(process.env[STAND_INS_VARIABLE]),
      openLedger: (header) => openLedgerFile(flags.ledger ?? `${file}.ledger.jsonl`, header),
    });
    watch.end();
    const { copied, found, failed, left } = result;
    print(
      `${counted(copied, "image")} copied, ${found} there already, ${failed.length} failed${left > 0 ? `, ${left} left` : ""}\n`,
    );
    if (interrupted.signal.aborted) return ExitCode.Interrupted;
    return failed.length === 0 ? ExitCode.Ok : ExitCode.Failed;
  } catch (error) {
    if (error instanceof InputError) for (const message of error.messages) tell(`error: ${safe(message)}`);
    else if (error instanceof LedgerError || error instanceof ToolError || error instanceof RangeError)
      tell(`error: ${safe(error.message)}`);
    else throw error;
    return ExitCode.Failed;
  } finally {
    interrupted.end();
  }
}

function wholeFrom(least: number, most: number): (value: string) => number {
  return (value) => {
    if (!/^\d{1,9}$/.test(value) || Number(value) < least || Number(value) > most)
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    return Number(value);
  };
}

function stopping(isFirst: boolean): void {
  if (!isFirst) process.exit(ExitCode.Interrupted);
  tell("stopping; once more ends at once");
}
