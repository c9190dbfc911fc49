import { type PreviewGraph } from "../graph";
import { type PreviewError } from "../problem";
import { diagnosticLines } from "./diagnostics";
import { jsonReport } from "./json";
import { COLOURS, NO_COLOURS } from "./paint";
import { textReport } from "./text";

/** Makes a report of a graph: the one shape of every format. */
export type Renderer = (graph: PreviewGraph, options: RenderOptions) => string;

/** How a report looks. */
export interface RenderOptions {
  color: boolean;
}

/** Formats of the report. */
export type Format = "text" | "json";

/** Renderers by the name of their format. */
export const RENDERERS: Record<Format, Renderer> = {
  text: (graph, { color }) => textReport(graph, color ? COLOURS : NO_COLOURS),
  json: jsonReport,
};

/** Why there is no preview. */
export function errorReport({ diagnostics, resources }: PreviewError, { color }: RenderOptions): string {
  return `${diagnosticLines(diagnostics, resources, color ? COLOURS : NO_COLOURS).join("\n")}\n`;
}
