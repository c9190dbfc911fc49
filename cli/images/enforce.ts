import { type Command } from "commander";
import { createInterface } from "node:readline/promises";
import { type Action, ActionKind, type LifecyclePlan } from "../../core/lifecycle/action";
import { LifecycleMode } from "../../core/lifecycle/familyPolicy";
import { ActionOutcome, type ActionRow, type LifecycleReportDocument, RunOutcome } from "../../core/lifecycle/report";
import { loadAgent } from "../agent";
import { ExitCode } from "../exitCode";
import { type ImagesFlags, imagesSubcommand } from "./options";
import { looked, planText } from "./plan";
import { counted, json, safe } from "./print";
import { inSession, print, type Session, tell } from "./session";

interface EnforceFlags extends ImagesFlags {
  yes?: boolean;
}

/** `kiln images enforce`: does now what the lifecycle controller would do at its next run. */
export function enforceCommand(exit: (code: ExitCode) => void): Command {
  return imagesSubcommand("enforce", "Do what plan prints; asks before it deletes", { policies: true, usage: true })
    .option("--yes", "ask nothing; needed where nobody can be asked")
    .action(async (flags: EnforceFlags, command: Command) => {
      if (!flags.yes && !(process.stdin.isTTY && process.stderr.isTTY))
        command.error(
          "error: option '--yes' is needed where nobody can be asked; kiln images plan shows what it would do",
        );
      exit(await inSession(flags, (session) => enforce(session, flags.yes ?? false)));
    });
}

async function enforce(session: Session, yes: boolean): Promise<ExitCode> {
  const { plan } = await looked(session);
  const isTable = session.flags.format === "table";
  if (isTable) print(`${planText(plan)}\n`);
  const deletions = plan.actions.filter(isDeletion);
  if (!yes && deletions.length > 0 && !(await agreed(deletions, session.signal))) {
    tell("nothing was changed");
    return session.signal.aborted ? ExitCode.Interrupted : ExitCode.Declined;
  }
  const { enforceLifecycle } = await loadAgent();
  const rows = progressOver(plan.actions.length);
  const report = await enforceLifecycle(session.factory, {
    signal: session.signal,
    review: (now) => Promise.resolve(asShown(now, plan)),
    onRow: rows.tell,
  });
  rows.end();
  print(isTable ? `${report.summary.outcome}: ${safe(report.summary.message)}\n` : json(report));
  for (const row of report.actions.filter(isWrong))
    tell(`error: ${safe(`${row.kind} ${row.image}: ${row.message ?? row.outcome}`)}`);
  return codeOf(report, session.signal);
}

function isDeletion({ kind, mode }: Action): boolean {
  return kind === ActionKind.Delete && mode === LifecycleMode.Enforce;
}

function isWrong({ outcome }: ActionRow): boolean {
  return outcome === ActionOutcome.Failed || outcome === ActionOutcome.Left || outcome === ActionOutcome.Changed;
}

/** What has come up since the plan was shown waits for the next run. */
function asShown({ actions }: LifecyclePlan, shown: LifecyclePlan): Action[] {
  const known = new Set(shown.actions.map(({ kind, image }) => `${kind} ${image}`));
  return actions.filter(({ kind, image }) => known.has(`${kind} ${image}`));
}

async function agreed(deletions: readonly Action[], signal: AbortSignal): Promise<boolean> {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  // The interface takes Ctrl-C for itself while it asks.
  asking.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    const answer = await asking.question(`Delete ${counted(deletions.length, "image")} for good? [y/N] `, { signal });
    return /^y(es)?$/i.test(answer.trim());
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  } finally {
    asking.close();
  }
}

function progressOver(total: number): { tell: (row: ActionRow) => void; end: () => void } {
  if (!process.stderr.isTTY) return { tell: () => undefined, end: () => undefined };
  let done = 0;
  return {
    tell: ({ kind, image, outcome }) =>
      void process.stderr.write(`\r\u001b[K${++done}/${total} ${safe(`${kind} ${image}: ${outcome}`)}`),
    end: () => void process.stderr.write("\r\u001b[K"),
  };
}

function codeOf({ summary: { outcome } }: LifecycleReportDocument, signal: AbortSignal): ExitCode {
  if (outcome === RunOutcome.Succeeded) return ExitCode.Ok;
  return signal.aborted ? ExitCode.Interrupted : ExitCode.Failed;
}
