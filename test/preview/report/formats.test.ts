import { expect } from "chai";
import { type Format, type GraphResource, RENDERERS, type Report } from "../../../preview";
import { bigReport } from "./hostile";
import { readHtml, readMarkdown, readSarif, readXml } from "./parsers";
import { fullReport, graphOf, resourceOf, urnOf } from "./support";

const render = (report: Report, format: Format) => RENDERERS[format](report, { color: false });

/** The full report with so many mandatory violations besides. */
function withViolations(count: number): Report {
  const report = fullReport();
  const [pack] = report.graph.policyPacks ?? [];
  const more = Array.from({ length: count }, (_, at) => ({
    policy: "iam-no-public-members",
    level: "mandatory" as const,
    message: `member ${at} is everybody.`,
    urn: urnOf("gcp:projects/iAMMember:IAMMember", `member-${at}`),
  }));
  return {
    ...report,
    graph: { ...report.graph, policyPacks: [{ ...pack, violations: [...more, ...pack.violations] }] },
  };
}

describe("the Markdown report", () => {
  it("says the verdict in its heading: mandatory violations, then what the change does", () => {
    const [marker, heading] = render(fullReport(), "markdown").split("\n");
    expect(marker).to.equal("<!-- kiln-preview:shop-images/prod -->");
    expect(heading).to.match(/^## ❌ `shop-images` `prod`: 4 mandatory violations, .*; 1 to delete, 1 to replace/);
  });

  it("passes where nothing was found, and warns of a loss without any pack", () => {
    const { graph, comparison } = fullReport();
    const quiet = { ...graph, policyPacks: undefined };
    expect(render({ graph: quiet, grants: [] }, "markdown")).to.include("## ✅ `shop-images` `prod`: 11 resources\n");
    expect(render({ graph: quiet, grants: [], comparison }, "markdown")).to.include("## ⚠️ `shop-images` `prod`: 1 to");
  });

  it("shows as code what a message marks as code", () => {
    const shown = (message: string) => {
      const [pack] = fullReport().graph.policyPacks ?? [];
      const violations = [{ policy: "p", level: "advisory" as const, message }];
      const text = render({ graph: graphOf([], { policyPacks: [{ ...pack, violations }] }), grants: [] }, "markdown");
      return / \| the stack \| (.*) \| \(?[^|]*\|\n/.exec(text)?.[1];
    };
    expect(shown("Name in `member` (or `members`) the groups, never `all Users`.")).to.equal(
      "Name in `member` (or `members`) the groups, never `all Users`.",
    );
    expect(shown("a `b c")).to.equal("a `` `b `` c");
    expect(shown("x`a` `b`c @me `d`")).to.equal("``x`a` `b`c @me`` `d`");
  });

  it("names the same comment for the same project and stack, and another for others", () => {
    const marker = (project: string, stack: string) =>
      render({ graph: graphOf([], { project, stack }), grants: [] }, "markdown").split("\n")[0];
    expect(marker("a-->b", "c/d")).to.equal("<!-- kiln-preview:a-%2D%3Eb/c%2Fd -->");
    expect(new Set([marker("a/b", "c"), marker("a", "b/c"), marker("a", "b")]).size).to.equal(3);
  });

  it("cuts long sections, says by how much and where the whole is, and keeps the others", () => {
    const text = render(withViolations(2000), "markdown");
    expect(Buffer.byteLength(text)).to.be.within(58_000, 62_000);
    const shown = text.match(/is everybody\./g)?.length ?? 0;
    expect(shown).to.be.within(100, 1999);
    expect(text).to.include(`\n${2006 - shown} more; \`kiln preview --format html\` shows all.\n`);
    for (const title of ["### What this changes (6)", "### Grants (3)", "<summary>Remediations (2)</summary>"])
      expect(text).to.include(title);
    expect(text).to.include('was `{"name": "noise", "filter": "severity<INFO"}`');
    expect(text.trimEnd()).to.match(/is unknown\.$/);
  });

  it("cuts the tree before it cuts what policies say", () => {
    const { graph } = bigReport(3000);
    const text = render(
      { ...fullReport(), graph: { ...graph, policyPacks: fullReport().graph.policyPacks } },
      "markdown",
    );
    expect(text)
      .to.include("<summary>Resources (3000)</summary>")
      .and.match(/\n\d+ more; /);
    expect(text.match(/\d+ more; /g)).to.have.lengthOf(1);
    expect(text).to.include("tables grow for ever");
  });

  it("is read as tables and folded sections", () => {
    const { elements } = readMarkdown(render(fullReport(), "markdown"));
    const number = (name: string) => elements.filter(({ tagName }) => tagName === name).length;
    expect([number("h2"), number("h3"), number("table"), number("details")]).to.deep.equal([1, 4, 6, 10]);
  });
});

describe("the HTML report", () => {
  it("links resources both ways", () => {
    const text = render(fullReport(), "html");
    const [, bucket] = /id="(r\d+)"[^>]*><details><summary><span class="name">web-policies</.exec(text) ?? [];
    const [, object] = /id="(r\d+)"[^>]*><details><summary><span class="name">web-policy</.exec(text) ?? [];
    expect(text).to.match(new RegExp(`Depends on</dt><dd><ul class="plain"><li><a href="#${bucket}">`));
    expect(text).to.match(new RegExp(`Needed by</dt><dd><ul class="plain"><li><a href="#${object}">`));
  });

  it("shows secrets and unknown values as such", () => {
    const { text } = readHtml(render(fullReport(), "html"));
    expect(text).to.include("content: [secret]").and.include("destination: [unknown]");
  });

  it("grows by less than 1 KB with each plain resource", () => {
    const size = (count: number) => render(bigReport(count), "html").length;
    expect((size(2000) - size(1000)) / 1000).to.be.below(1024);
  });

  it("cuts big inputs and says so", () => {
    const big = resourceOf("gcp:pubsub/topic:Topic", "big", { inputs: { a: "long".repeat(1_250_000), b: "after" } });
    const text = render({ graph: graphOf([big]), grants: [] }, "html");
    expect(text.length).to.be.below(60_000);
    expect(text).to.include("…\n…</pre>").and.not.include("after");
  });
});

describe("the Mermaid report", () => {
  it("collapses what Mermaid would refuse to draw, and says so", () => {
    const by = (count: number) => render(bigReport(count), "mermaid");
    expect(by(100)).not.to.include("%%");
    expect(by(1000)).to.include("  %% 1000 resources are too many to draw: types by component\n");
    expect(by(1000)).to.include('["66 × gcp:pubsub:Topic"]');
    expect(by(20_000)).to.include("  %% 20000 resources are too many to draw: types alone\n");
  });

  it("collapses few resources with many arrows", () => {
    const topics: GraphResource[] = [];
    for (let at = 0; at < 40; at++)
      topics.push(resourceOf("gcp:pubsub/topic:Topic", `topic-${at}`, { dependencies: topics.map(({ urn }) => urn) }));
    const text = render({ graph: graphOf(topics), grants: [] }, "mermaid");
    expect(text).to.include("40 resources are too many to draw").and.include("40 × gcp:pubsub:Topic");
  });

  it("draws no arrow between a resource and what surrounds it", () => {
    const outer = resourceOf("acme:index:Group", "outer");
    const inner = resourceOf("gcp:pubsub/topic:Topic", "inner", { parent: outer.urn, dependencies: [outer.urn] });
    const text = render({ graph: graphOf([{ ...outer, dependencies: [inner.urn] }, inner]), grants: [] }, "mermaid");
    expect(text).to.include("subgraph").and.not.include("-->");
  });
});

describe("the SARIF report", () => {
  const { results, tool, invocations } = readSarif(
    RENDERERS.sarif(fullReport(), { color: false, version: "1.2.3", projectFile: "infra/a b/Pulumi.yaml" }),
  );

  it("puts each result at the project's file and names its resource", () => {
    const [{ locations, level, ruleId }] = results;
    expect(locations[0].physicalLocation.artifactLocation.uri).to.equal("infra/a%20b/Pulumi.yaml");
    expect(locations[0].logicalLocations?.[0]).to.include({ name: "release" });
    expect([level, ruleId]).to.deep.equal(["error", "kiln/containers-immutable-tags"]);
  });

  it("has an error for each mandatory violation, warnings for the advisory, notes for what cannot be told", () => {
    const levels = results.map(({ level }) => level).join(" ");
    expect(levels).to.equal("error error error error warning warning note note");
  });

  it("gives GitHub the numbers by which it grades", () => {
    const grades = tool.driver.rules.map(({ properties }) => properties["security-severity"]);
    expect(grades).to.deep.equal(["8.0", "5.5", "2.0", "9.5", "9.5", undefined, "5.5", "8.0"]);
  });

  it("keeps the fingerprints of the other results when one is mended", () => {
    const [pack] = fullReport().graph.policyPacks ?? [];
    const mended = { ...pack, violations: pack.violations.slice(1) };
    const graph = { ...fullReport().graph, policyPacks: [mended] };
    const after = readSarif(render({ graph, grants: [] }, "sarif")).results;
    const prints = (list: typeof results) => list.map(({ partialFingerprints }) => partialFingerprints);
    expect(prints(after)).to.deep.equal(prints(results).slice(1));
  });

  it("tells two findings of one policy on one resource apart", () => {
    const [pack] = fullReport().graph.policyPacks ?? [];
    const [first] = pack.violations;
    const twice = { ...pack, violations: [first, { ...first, message: "and another thing." }] };
    const run = readSarif(render({ graph: { ...fullReport().graph, policyPacks: [twice] }, grants: [] }, "sarif"));
    const [one, two] = run.results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
    expect([one.replace(/:1$/, ""), one]).to.deep.equal([two.replace(/:2$/, ""), `${two.replace(/:2$/, "")}:1`]);
  });

  it("carries the messages of the program as notifications", () => {
    const texts = invocations[0].toolExecutionNotifications.map(({ message: { text } }) => text);
    expect(texts).to.deep.equal(["the key rotates in 200 days\nset rotationPeriod", "12 images are in the catalogue"]);
  });

  it("shows no more results than GitHub does, and says how many there are more", () => {
    const run = readSarif(render(withViolations(6000), "sarif"));
    expect(run.results).to.have.lengthOf(5000);
    const [{ message }] = run.invocations[0].toolExecutionNotifications;
    expect(message.text).to.equal("1008 more results; --format json has all.");
  });
});

describe("reports of two packs of one name", () => {
  const report = (): Report => {
    const [pack] = fullReport().graph.policyPacks ?? [];
    const violations = [{ policy: "p", level: "mandatory" as const, message: "no" }];
    const twice = [1, 2].map((number) => ({ ...pack, version: `${number}.0.0`, violations, unknowns: [] }));
    return { graph: graphOf([], { policyPacks: twice }), grants: [] };
  };

  it("keep their findings apart", () => {
    const { results } = readSarif(render(report(), "sarif"));
    expect(results.map(({ ruleId }) => ruleId)).to.deep.equal(["kiln/p", "kiln#2/p"]);
    const suites = readXml(render(report(), "junit")).filter(({ name }) => name === "testsuite");
    expect(suites.map(({ attributes }) => attributes.name)).to.deep.equal(["kiln 1.0.0", "kiln#2 2.0.0"]);
  });
});

describe("reports of packs that say a lot", () => {
  const long = "ä\u200b€".repeat(400);
  const policies = Array.from({ length: 4000 }, (_, at) => ({
    ...{ name: `policy-${at}`, level: "mandatory" as const, type: "resource" as const },
    ...{ description: long, remediationSteps: long },
  }));
  const violations = policies.map((_, at) => ({
    ...{ policy: `policy-${at % 100}`, level: "mandatory" as const, message: long },
    urn: urnOf("gcp:pubsub/topic:Topic", `topic-${at}`),
  }));
  const pack = { name: "loud", version: "1.0.0", policies, violations, unknowns: [], remediations: [] };
  const quiet = (policy: string) => ({ policy, level: "mandatory" as const, message: "no" });
  const diagnostics = violations.map(({ message }) => ({ severity: "info" as const, message }));
  const report: Report = { graph: graphOf([], { policyPacks: [pack], diagnostics }), grants: [] };

  it("stay small enough for GitHub's code scanning, and say how much is left out", () => {
    const text = render(report, "sarif");
    expect(Buffer.byteLength(text)).to.be.within(8_000_000, 9_010_000);
    const { results, tool, invocations } = readSarif(text);
    const notes = invocations[0].toolExecutionNotifications.map(({ message }) => message.text);
    expect(notes[0]).to.equal(`${4000 - results.length} more results; --format json has all.`);
    expect(notes[1]).to.equal(`${4000 - tool.driver.rules.length} more policies; --format json has all.`);
    expect(notes[2]).to.equal(`${4000 - (notes.length - 3)} more messages; --format json has all.`);
  });

  it("show on a terminal so much of each name, look-up and pack, and count the rest", () => {
    const huge = "x".repeat(100_000);
    const many = { ...pack, name: huge, policies: [], violations: policies.map(({ name }) => quiet(name)) };
    const graph = graphOf([resourceOf(`gcp:${huge}:Topic`, huge)], {
      outputs: Object.fromEntries(policies.map(({ name }) => [`${name}${huge.slice(0, 1000)}`, 1])),
      lookups: policies.map(({ name }) => ({ token: name, args: { huge: huge.slice(0, 9000) }, answered: false })),
      policyPacks: [many],
    });
    const text = render({ graph, grants: [] }, "text");
    const lines = text.split("\n");
    expect(Math.max(...lines.map(({ length }) => length))).to.be.below(4100);
    expect(lines.filter((line) => line.trim() === "3800 more; see --format json")).to.have.length(3);
    expect(text.length).to.be.below(1_000_000);
  });

  it("have so many JUnit cases, and one that counts the others", () => {
    const tags = readXml(render(report, "junit"));
    expect(tags[0].attributes).to.include({ tests: "2001", failures: "2000", skipped: "1" });
    expect(tags.at(-1)?.attributes).to.deep.equal({ message: "5900 more; --format json has all" });
  });
});

describe("the JUnit report", () => {
  it("has a case for each resource that a policy objects to, and one for each policy that objects to nothing", () => {
    const report = fullReport();
    const [pack] = report.graph.policyPacks ?? [];
    const violations = [...pack.violations, { ...pack.violations[0], message: "and another thing." }];
    const policies = [...pack.policies, { ...pack.policies[0], name: "content" }];
    const graph = { ...report.graph, policyPacks: [{ ...pack, policies, violations }] };
    const tags = readXml(render({ ...report, graph }, "junit"));
    expect(tags[0].attributes).to.include({ tests: "9", failures: "4", skipped: "2", errors: "0" });
    expect(tags[1].attributes).to.include({ name: "kiln 0.2.0", tests: "9" });
    const [failure] = tags.filter(({ name }) => name === "failure");
    expect(failure.text).to.match(/^dockerConfig\.immutableTags is false: .*\nand another thing\.\nSet /);
    expect(tags.at(-1)?.attributes).to.deep.equal({ classname: "kiln.content", name: "all resources" });
  });

  it("has one case without a pack", () => {
    const { graph } = fullReport();
    const tags = readXml(render({ graph: { ...graph, policyPacks: undefined }, grants: [] }, "junit"));
    const cases = tags.filter(({ name }) => name === "testcase").map(({ attributes }) => attributes);
    expect(cases).to.deep.equal([{ classname: "kiln.preview", name: "preview" }]);
  });
});

describe("the JSON report", () => {
  it("has comparison and costs beside the graph where they were asked for", () => {
    const { graph, comparison, costs, grants } = fullReport();
    const keys = (report: Report) => Object.keys(JSON.parse(render(report, "json")) as object);
    expect(keys({ graph, grants })).to.deep.equal(Object.keys(graph));
    expect(keys({ graph, grants, comparison, costs })).to.deep.equal([...Object.keys(graph), "comparison", "costs"]);
  });
});
