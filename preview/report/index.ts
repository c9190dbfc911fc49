import { type PreviewError } from "../problem";
import { diagnosticLines } from "./diagnostics";
import { htmlReport } from "./html";
import { jsonReport } from "./json";
import { junitReport } from "./junit";
import { markdownReport } from "./markdown";
import { mermaidReport } from "./mermaid";
import { COLOURS, NO_COLOURS } from "./paint";
import { type Report } from "./report";
import { sarifReport, type SarifOptions } from "./sarif";

import { textReport } from "./text";

export { type PreviewDocument } from "./json";
export { type Report, reportOf, type ReportOptions } from "./report";

/** Renders a report: the one shape of every format. */
export type Renderer = (report: Report, options: RenderOptions) => string;

/** How a report looks, and what it must know beside the graph. */
export interface RenderOptions extends SarifOptions {
  color: boolean;
}

/** Formats of the report. */
export type Format = "text" | "json" | "markdown" | "html" | "mermaid" | "sarif" | "junit";

/** Renderers by the name of their format. */
export const RENDERERS: Record<Format, Renderer> = {
  text: (report, { color }) => textReport(report, color ? COLOURS : NO_COLOURS),
  json: jsonReport,
  markdown: markdownReport,
  html: htmlReport,
  mermaid: mermaidReport,
  sarif: sarifReport,
  junit: junitReport,
};

/** Why there is no preview. */
export function errorReport({ diagnostics, resources }: PreviewError, { color }: RenderOptions): string {
  return `${diagnosticLines(diagnostics, resources, color ? COLOURS : NO_COLOURS).join("\n")}\n`;
}
