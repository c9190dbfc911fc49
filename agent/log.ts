import { type Refusal } from "../core/lifecycle/action";
import { ActionOutcome, type ActionRow, type RunSummary, RunOutcome } from "../core/lifecycle/report";
import { type PolicyProblem, policyProblemText } from "../core/lifecycle/readPolicy";
import { type Host } from "./host";

/** What a log line is about; the controller's metric and alerts select by it. */
export const LogEvent = {
  Action: "action",
  Refusal: "refusal",
  /** A policy was refused. */
  Policy: "policy",
  Error: "error",
  Summary: "summary",
} as const;

/** Writes a run's log: one line of JSON per decision. https://cloud.google.com/logging/docs/structured-logging */
export interface RunLog {
  action(row: ActionRow): void;
  refusal(refusal: Refusal): void;
  problem(problem: PolicyProblem): void;
  error(message: string): void;
  summary(summary: RunSummary): void;
}

/** The log of one run. */
export function runLog(run: string, project: string, host: Pick<Host, "log">): RunLog {
  const write = (severity: string, message: string, kiln: object) =>
    host.log(JSON.stringify({ severity, message, kiln: { run, project, ...kiln } }));
  return {
    action: (row) => {
      const why = row.message ?? row.reason;
      write(severityOf(row), `${row.kind} ${row.image}: ${row.outcome}; ${why}`, { event: LogEvent.Action, ...row });
    },
    refusal: (refusal) =>
      write("NOTICE", `${refusal.image} stays: ${refusal.reason}`, { event: LogEvent.Refusal, ...refusal }),
    problem: (problem) => write("ERROR", policyProblemText(problem), { event: LogEvent.Policy, ...problem }),
    error: (message) => write("ERROR", message, { event: LogEvent.Error }),
    summary: (summary) => write(SEVERITIES[summary.outcome], summary.message, { event: LogEvent.Summary, ...summary }),
  };
}

const SEVERITIES: Record<RunOutcome, string> = {
  [RunOutcome.Succeeded]: "INFO",
  [RunOutcome.Skipped]: "INFO",
  [RunOutcome.Incomplete]: "WARNING",
  [RunOutcome.Failed]: "ERROR",
};

function severityOf({ outcome }: ActionRow): string {
  if (outcome === ActionOutcome.Failed) return "ERROR";
  return outcome === ActionOutcome.Left || outcome === ActionOutcome.Changed ? "WARNING" : "NOTICE";
}
