import { findingsOf } from "./findings";
import { type Report } from "./report";

/** What a reviewer must know first. */
export interface Verdict {
  /** `fails` where a mandatory policy is violated, `warns` where another finding or loss is to be looked at. */
  outcome: "fails" | "warns" | "passes";
  /** What policies object to, the mandatory first; empty where no pack was asked. */
  policies: string;
  /** What the change does, or how many resources there are. */
  change: string;
}

/** Judges a report. */
export function verdictOf(report: Report): Verdict {
  const { graph, comparison } = report;
  const kinds = findingsOf(graph).map(({ kind }) => kind);
  const number = (wanted: string) => kinds.filter((kind) => kind === wanted).length;
  const [mandatory, advisory, open] = ["mandatory", "advisory", "cannot tell"].map(number);
  const losses = comparison?.changes.some(
    ({ losesProtection, holds, mayReplace }) => losesProtection || holds !== undefined || mayReplace !== undefined,
  );
  return {
    outcome: mandatory > 0 ? "fails" : advisory > 0 || open > 0 || losses ? "warns" : "passes",
    policies: policyPart(report, mandatory, advisory, open),
    change: comparison?.summary ?? counted(graph.resources.length, "resource"),
  };
}

function policyPart({ graph }: Report, mandatory: number, advisory: number, open: number): string {
  if (!graph.policyPacks) return "";
  const parts = [
    mandatory > 0 ? counted(mandatory, "mandatory violation") : "",
    advisory > 0 ? counted(advisory, "advisory violation") : "",
    open > 0 ? `${open} that no policy can tell yet` : "",
  ].filter((part) => part !== "");
  return parts.length > 0 ? parts.join(", ") : "no violations";
}

/** A number with its noun: "1 resource", "2 resources". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
