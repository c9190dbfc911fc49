import { type Report } from "./report";

/** The graph itself, for programs. */
export function jsonReport({ graph }: Report): string {
  return `${JSON.stringify(graph, null, 2)}\n`;
}
