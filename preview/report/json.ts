import { type PreviewGraph } from "../graph";

/** The graph itself, for programs. */
export function jsonReport(graph: PreviewGraph): string {
  return `${JSON.stringify(graph, null, 2)}\n`;
}
