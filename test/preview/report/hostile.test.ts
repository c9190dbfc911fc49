import { expect } from "chai";
import { type Format, RENDERERS, type Report } from "../../../preview";
import { visibleLine } from "../../../preview/report/visible";
import { ATTACKS, bigReport, deepReport, hostileReport } from "./hostile";
import { attributeOf, readHtml, readMarkdown, readSarif, readXml } from "./parsers";
import { graphOf, resourceOf } from "./support";

const MB = 1024 * 1024;
const render = (report: Report, format: Format) => RENDERERS[format](report, { color: false });

/** What must never reach a reader as it is: what terminals obey, what turns the order of reading, what no UTF-8 holds. */
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]|\p{Cs}/u;

/** Elements of the comment on a pull request. */
const COMMENT_ELEMENTS = "h2 h3 p strong table thead tbody tr th td ul li code pre details summary a".split(" ");

/** Elements that load, run or send something. */
const ACTIVE = "img svg iframe object embed link base audio video math template button form".split(" ");

describe("reports of hostile programs", () => {
  const reports: Record<string, () => Report> = {
    "every attack in every place": hostileReport,
    "10,000 resources": () => bigReport(10_000),
    "10,000 levels": () => deepReport(10_000),
  };
  for (const [title, report] of Object.entries(reports)) describe(title, () => checks(report));
});

function checks(make: () => Report): void {
  let report: Report;
  before(() => {
    report = make();
  });

  it("stay within the size of a comment and hold no markup of others, no mention, no link", () => {
    const text = render(report, "markdown");
    expect(Buffer.byteLength(text)).to.be.at.most(62_000);
    expect(text).not.to.match(UNSEEN);
    expect(text).to.match(/^<!-- kiln-preview:\S+\/\S+ -->\n/);
    const { elements, comments, prose } = readMarkdown(text);
    expect(comments).to.have.lengthOf(1);
    for (const element of elements) {
      expect(COMMENT_ELEMENTS).to.include(element.tagName);
      const isFence = attributeOf(element, "class") === "language-text";
      expect(isFence ? [] : element.attrs, element.tagName).to.deep.equal([]);
    }
    expect(prose).not.to.match(/@[\w/]|#\d|GH-\d|!\d|https?:|www\.|:\w+:|\$|[0-9a-f]{16}|deadbeef/);
  });

  it("are one page of HTML without anybody's elements or links", () => {
    const text = render(report, "html");
    expect(text.length).to.be.below(25 * MB);
    expect(text).not.to.match(UNSEEN);
    const { elements, comments, depth } = readHtml(text);
    expect(comments).to.deep.equal([]);
    // Browsers give up at 512 levels.
    expect(depth).to.be.below(100);
    const names = elements.map(({ tagName }) => tagName);
    expect(names.filter((name) => name === "script")).to.have.lengthOf(1);
    expect(names.filter((name) => ACTIVE.includes(name))).to.deep.equal(["form", "button", "button"]);
    const attributes = elements.flatMap(({ attrs }) => attrs);
    expect(attributes.filter(({ name }) => /^on|^style$|^src/.test(name))).to.deep.equal([]);
    const targets = attributes.filter(({ name }) => name === "href").map(({ value }) => value);
    expect(targets.filter((target) => !target.startsWith("#"))).to.deep.equal([]);
    const ids = attributes.filter(({ name }) => name === "id").map(({ value }) => value);
    expect(new Set(ids).size).to.equal(ids.length);
    expect(targets.filter((target) => !ids.includes(target.slice(1))).slice(0, 3)).to.deep.equal([]);
  }).timeout(120_000);

  it("are a flowchart of lines that Kiln writes", () => {
    const text = render(report, "mermaid");
    expect(text.length).to.be.at.most(50_000);
    expect(text.split(" --> ").length).to.be.at.most(501);
    const label = String.raw`"(?:[\p{L}\p{N} ×.:,/#;-]|<br/>)*"`;
    const line = new RegExp(
      String.raw`^(flowchart LR|  accTitle: [^"<>{}]*|  %% \d+ resources [\w :]+| +(subgraph )?[nc]\d+\[${label}\]| +n\d+ --> n\d+| +end|)$`,
      "u",
    );
    for (const one of text.split("\n")) expect(one).to.match(line);
  });

  it("are SARIF that its schema accepts, with a fingerprint for each result", () => {
    const text = render(report, "sarif");
    expect(text.length).to.be.below(10 * MB);
    expect(text).not.to.match(UNSEEN);
    const { results, tool } = readSarif(text);
    const prints = results.map(({ partialFingerprints: { primaryLocationLineHash } }) => primaryLocationLineHash);
    expect(new Set(prints).size).to.equal(results.length);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).to.equal(ruleId);
    for (const { helpUri } of tool.driver.rules) expect(helpUri).to.equal(undefined);
  });

  it("are well-formed JUnit XML whose counts are right", () => {
    const text = render(report, "junit");
    expect(text.length).to.be.below(10 * MB);
    expect(text).not.to.match(UNSEEN);
    const tags = readXml(text);
    const number = (name: string) => tags.filter((tag) => tag.name === name).length;
    const { tests, failures, skipped } = tags[0].attributes;
    expect([tests, failures, skipped].map(Number)).to.deep.equal(["testcase", "failure", "skipped"].map(number));
  });

  it("come back from JSON as they were", () => {
    const { graph, comparison, costs } = report;
    // The texts are too long for an assertion that shows where they differ.
    const printed = JSON.stringify(JSON.parse(render(report, "json")));
    const isSame = printed === JSON.stringify({ ...graph, comparison, costs });
    expect(isSame).to.equal(true);
  });
}

describe("a hostile text", () => {
  for (const attack of ATTACKS.filter((text) => text.trim() !== ""))
    it(`arrives as text: ${JSON.stringify(attack)}`, () => {
      const report = reportAbout(attack);
      const shown = words(visibleLine(attack, 160));
      const markdown = readMarkdown(render(report, "markdown"));
      expect(markdown.elements.filter(({ tagName }) => !COMMENT_ELEMENTS.includes(tagName))).to.deep.equal([]);
      // A backslash before a bar is spelled out in tables, where parsers differ; what is marked as code becomes code.
      const marked = shown.replace(/\\(?=\|)/g, "\\u{5c}").replace(/(?<=^| )`([^`]+)`(?= |$)/g, "$1");
      expect(words(markdown.text)).to.include(marked);
      const lines = words(visibleLine(attack, 160).replaceAll("\\n", " "));
      expect(words(readHtml(render(report, "html")).text)).to.include(lines);
      const [message] = readSarif(render(report, "sarif")).results.map(({ message: { text } }) => text);
      expect(words(message)).to.equal(lines.replaceAll("](", "\\]("));
      const failure = readXml(render(report, "junit")).find(({ name }) => name === "failure");
      expect(words(failure?.attributes.message ?? "")).to.equal(shown);
    });
});

function words(text: string): string {
  return text.replace(/[\s\n]+/g, " ").trim();
}

function reportAbout(message: string): Report {
  const pack = { name: "pack", version: "1.0.0", unknowns: [], remediations: [] };
  const policies = [{ name: "rule", description: "", level: "mandatory", type: "resource" }] as const;
  const topic = resourceOf("gcp:pubsub/topic:Topic", "topic");
  const violations = [{ policy: "rule", level: "mandatory", message, urn: topic.urn } as const];
  return {
    graph: graphOf([topic], {
      diagnostics: [{ severity: "info", message }],
      policyPacks: [{ ...pack, policies: [...policies], violations }],
    }),
    grants: [],
  };
}
