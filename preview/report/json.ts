import { type Comparison } from "../compare/comparison";
import { type Billable } from "../costs/billable";
import { type PreviewGraph } from "../graph";
import { type Report } from "./report";

/** What `--format json` prints: the graph, with what else was asked for beside it. It serves as a base too. */
export interface PreviewDocument extends PreviewGraph {
  /** What the change does; left out where no base was named. */
  comparison?: Comparison;
  /** Billable things; left out where nobody asked for them. */
  costs?: Billable[];
}

/** The graph itself, for programs. */
export function jsonReport({ graph, comparison, costs }: Report): string {
  // JSON leaves out what is undefined.
  const document: PreviewDocument = { ...graph, comparison, costs };
  return `${JSON.stringify(document, null, 2)}\n`;
}
