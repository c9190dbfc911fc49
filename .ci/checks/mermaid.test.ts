import { expect } from "chai";
import { RENDERERS, type Report } from "../../preview";
import { visibleLine } from "../../preview/report/visible";
import { ATTACKS, bigReport, deepReport, hostileReport } from "../../test/preview/report/hostile";
import { fullReport, graphOf, resourceOf } from "../../test/preview/report/support";
import { type Browser, launch, openHtml, type Opened, toolFile } from "./browser";

const chartOf = (report: Report) => RENDERERS.mermaid(report, { color: false });

interface Drawn {
  /** Texts of the nodes, in their order. */
  nodes: string[];
  arrows: number;
  /** Elements that a drawing does not need. */
  strangers: string[];
}

const words = (text: string) => text.replace(/\s+/g, " ").trim();

const DRAW = `async (chart) => {
  const { svg } = await mermaid.render("chart", chart);
  document.body.innerHTML = svg;
  const all = (selector) => [...document.querySelectorAll(selector)];
  return {
    nodes: all(".node .nodeLabel").map((label) => label.innerText.trim()),
    arrows: all(".edgePaths path, path.flowchart-link").filter((path, at, list) => list.indexOf(path) === at).length,
    strangers: all("body script, img, iframe, a, i, math, ul, ol, h1, strong, em").map(({ tagName }) => tagName),
  };
}`;

describe("the Mermaid report in Mermaid", () => {
  let browser: Browser;
  let opened: Opened;
  before(async () => {
    browser = await launch();
    opened = await openHtml(browser, '<!doctype html><html lang="en"><title>chart</title><body></body></html>');
    await opened.page.addScriptTag({ path: toolFile("mermaid/dist/mermaid.min.js") });
    await opened.page.evaluate("mermaid.initialize({ startOnLoad: false })");
  });
  after(() => browser.close());

  const draw = (report: Report) =>
    opened.page.evaluate(`(${DRAW})(${JSON.stringify(chartOf(report))})`) as Promise<Drawn>;

  it("draws a report with everything", async () => {
    const { nodes, arrows } = await draw(fullReport());
    expect(nodes).to.include("web-policies\ngcp:storage:Bucket");
    expect([nodes.length, arrows]).to.deep.equal([8, 3]);
  });

  const reports: Record<string, () => Report> = {
    "every attack in every place": hostileReport,
    "100 resources": () => bigReport(100),
    "1,000 resources": () => bigReport(1000),
    "20,000 resources": () => bigReport(20_000),
    "a chain of 9 parents": () => deepReport(9),
    "a chain of 10,000 parents": () => deepReport(10_000),
  };
  for (const [title, report] of Object.entries(reports))
    it(`draws ${title}, without anybody's elements`, async () => {
      const { nodes, strangers } = await draw(report());
      expect(nodes.length).to.be.greaterThan(0);
      expect(strangers).to.deep.equal([]);
      expect(opened.troubles).to.deep.equal([]);
    });

  for (const attack of [...ATTACKS.filter((text) => text.trim() !== ""), "end", "1. one", "- one", "graph", "o", "x"])
    it(`draws as text: ${JSON.stringify(attack)}`, async () => {
      const { nodes, strangers } = await draw({ graph: graphOf([resourceOf("a:b:C", attack)]), grants: [] });
      expect(nodes.map(words)).to.deep.equal([
        `${words(
          visibleLine(attack, 60)
            .replaceAll("\\n", " ")
            .replaceAll("$$", () => "\\u{24}$")
            .replaceAll(":fa-", "\\u{3a}fa-"),
        )} a:b:C`,
      ]);
      expect(strangers).to.deep.equal([]);
      expect(opened.troubles).to.deep.equal([]);
    });
});
