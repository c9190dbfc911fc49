import { join } from "node:path";
import { type Format, previewOffline, RENDERERS, type Report, reportOf } from "../../../preview";
import { CLIENT } from "../../../preview/report/html/client";
import { STYLE } from "../../../preview/report/html/style";
import { expectGolden } from "../../support/golden";
import { fullReport } from "./support";

const EXTENSIONS: Record<Format, string> = {
  text: "txt",
  json: "json",
  markdown: "md",
  html: "html",
  mermaid: "mmd",
  sarif: "sarif.json",
  junit: "xml",
};

describe("reports", () => {
  const formats = Object.keys(EXTENSIONS) as Format[];

  for (const format of formats)
    it(`as ${format} show a report with everything`, () => {
      expectReport(fullReport(), format, "full");
    });

  describe("of the quickstart example", () => {
    let report: Report;
    before(async () => {
      const graph = await previewOffline({ directory: join(__dirname, "../../../examples/quickstart") });
      report = reportOf(graph, { costs: true });
    });
    for (const format of formats) it(`as ${format}`, () => expectReport(report, format, "quickstart"));
  });
});

function expectReport(report: Report, format: Format, name: string): void {
  const options = { color: false, version: "0.0.0", projectFile: "infra/Pulumi.yaml" };
  const text = RENDERERS[format](report, options);
  // Stylesheet and script are files of their own; the page's golden is about what stands on it.
  const shown = text
    .replace(STYLE, "…")
    .replace(CLIENT, "…")
    .replace(/sha256-[\w+/=]+/g, "sha256-…");
  expectGolden(shown, join(__dirname, "goldens", `${name}.golden.${EXTENSIONS[format]}`));
}
