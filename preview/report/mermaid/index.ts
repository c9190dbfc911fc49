import { type Report } from "../report";
import { collapsed } from "./collapsed";
import { labelText } from "./label";
import { whole } from "./whole";

/** A flowchart, and how much of it there is. */
export interface Chart {
  lines: string[];
  edges: number;
}

/** What Mermaid draws without being configured: `maxTextSize` and `maxEdges`. */
const MOST_CHARACTERS = 50_000;
const MOST_EDGES = 500;

/**
 * A flowchart for documents: components around their resources, arrows to what a resource depends on. What Mermaid
 * would refuse to draw is collapsed to types within the components of the stack, then to types alone.
 */
export function mermaidReport({ graph }: Report): string {
  const count = graph.resources.length;
  const forms = [
    { note: "", chart: () => whole(graph) },
    { note: `${count} resources are too many to draw: types by component`, chart: () => collapsed(graph, "component") },
    { note: `${count} resources are too many to draw: types alone`, chart: () => collapsed(graph, "type") },
  ];
  for (const { note, chart } of forms) {
    const made = chart();
    const text = made && textOf(made, titleOf(graph.project, graph.stack), note);
    if (made && text && made.edges <= MOST_EDGES && text.length <= MOST_CHARACTERS) return text;
  }
  return textOf({ lines: [`  n0["${count} resources of too many types"]`], edges: 0 }, "", "too many types to draw");
}

function titleOf(project: string, stack: string): string {
  return `  accTitle: ${labelText(`${project} ${stack}`)}`;
}

function textOf({ lines }: Chart, title: string, note: string): string {
  return `${["flowchart LR", title, note === "" ? "" : `  %% ${note}`, ...lines].filter((line) => line !== "").join("\n")}\n`;
}
