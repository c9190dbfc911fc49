import { type PreviewError } from "../problem";
import { diagnosticLines } from "./diagnostics";
import { jsonReport } from "./json";
import { COLOURS, NO_COLOURS } from "./paint";
import { type Report } from "./report";

export { type Report, reportOf, type ReportOptions } from "./report";
import { textReport } from "./text";

/** Renders a report: the one shape of every format. */
export type Renderer = (report: Report, options: RenderOptions) => string;

/** How a report looks. */
export interface RenderOptions {
  color: boolean;
}

/** Formats of the report. */
export type Format = "text" | "json";

/** Renderers by the name of their format. */
export const RENDERERS: Record<Format, Renderer> = {
  text: (report, { color }) => textReport(report, color ? COLOURS : NO_COLOURS),
  json: jsonReport,
};

/** Why there is no preview. */
export function errorReport({ diagnostics, resources }: PreviewError, { color }: RenderOptions): string {
  return `${diagnosticLines(diagnostics, resources, color ? COLOURS : NO_COLOURS).join("\n")}\n`;
}
