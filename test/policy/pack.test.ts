import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import { type CaseResource, textAsset } from "../../policy/rule";
import { UNKNOWN } from "../../policy/value";
import { Analyzer, type Diagnostic, PACK } from "./analyzer";
import { urnOf } from "./judge";

const STACK: CaseResource = { type: "pulumi:pulumi:Stack", name: "acme-dev", inputs: {} };
const IMAGE = "gcp:compute/image:Image";
const image = (name: string, inputs: CaseResource["inputs"] = {}): CaseResource => ({ type: IMAGE, name, inputs });
const EXCEPTION = { resource: "web", reason: "moves in spring", until: "2027-01-31" };

const only = (policy: string, said: Diagnostic[]) => said.filter(({ policyname }) => policyname === policy);
const textsOf = (policy: string, said: Diagnostic[]) => only(policy, said).map(({ message }) => message);

/** Starts the pack on a day; it lives as long as the test. */
async function packOn(today: string, use: (analyzer: Analyzer) => Promise<void>): Promise<void> {
  const analyzer = await Analyzer.start(PACK, { KILN_TODAY: today });
  try {
    await use(analyzer);
  } finally {
    analyzer.stop();
  }
}

describe("the policy pack", () => {
  it("has the version of Kiln", () => {
    const versions = [PACK, join(PACK, "../..")].map(
      (folder) => (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string }).version,
    );
    expect(versions[0]).to.equal(versions[1]);
  });

  it("leaves excepted resources alone, and judges the others", () =>
    packOn("2026-11-21", async (analyzer) => {
      await analyzer.configure({ "images-family": { properties: { exceptions: [EXCEPTION] } } });
      expect(only("images-family", await analyzer.analyze(image("web")))).to.deep.equal([]);
      expect(only("images-family", await analyzer.analyze(image("web", { family: UNKNOWN })))).to.deep.equal([]);
      expect(only("images-family", await analyzer.analyze(image("db")))).to.have.length(1);
      expect(only("kiln-exceptions", await analyzer.analyzeStack([STACK, image("web")]))).to.deep.equal([]);
    }));

  it("warns before an exception ends", () =>
    packOn("2027-01-10", async (analyzer) => {
      await analyzer.configure({ "images-family": { properties: { exceptions: [EXCEPTION] } } });
      expect(only("images-family", await analyzer.analyze(image("web")))).to.deep.equal([]);
      const [warning, ...others] = only("kiln-exceptions", await analyzer.analyzeStack([STACK, image("web")]));
      expect(others).to.deep.equal([]);
      expect(warning.message).to.include(
        'images-family: The exception for "web" lapses on 2027-01-31 ("moves in spring")',
      );
      expect(warning).to.include({ enforcementlevel: EnforcementLevel.ADVISORY, urn: urnOf(IMAGE, "web") });
    }));

  it("counts the violation again afterwards", () =>
    packOn("2027-02-01", async (analyzer) => {
      await analyzer.configure({ "images-family": { properties: { exceptions: [EXCEPTION] } } });
      const [message] = textsOf("images-family", await analyzer.analyze(image("web")));
      expect(message).to.match(
        /family: The image belongs to no family\..*lapsed on 2027-01-31 \("moves in spring"\)\.$/s,
      );
    }));

  it("tells of exceptions about nothing, also where no resource of the rule's type was there", () =>
    packOn("2026-11-21", async (analyzer) => {
      await analyzer.configure({
        "images-family": { properties: { exceptions: [{ ...EXCEPTION, resource: "wbe" }] } },
        "iam-mixed-grants": { properties: { exceptions: [{ ...EXCEPTION, resource: "grnats-*" }] } },
      });
      await analyzer.analyze(STACK);
      const texts = textsOf("kiln-exceptions", await analyzer.analyzeStack([STACK])).join("\n");
      expect(texts).to.include('images-family: The exception for "wbe" is about no resource of this stack');
      expect(texts).to.include('iam-mixed-grants: The exception for "grnats-*" is about no resource of this stack');
    }));

  it("excuses one resource of what a rule of the stack says", () =>
    packOn("2026-11-21", async (analyzer) => {
      const stack = [STACK, image("web", { family: "web" }), image("db", { family: "db" })];
      await analyzer.configure({ "images-lifecycle-policy": { properties: { exceptions: [EXCEPTION] } } });
      const said = only("images-lifecycle-policy", await analyzer.analyzeStack(stack));
      expect(said.map(({ urn }) => urn)).to.deep.equal([urnOf(IMAGE, "db")]);
    }));

  it("tells once what is wrong in a configuration, on the stack", () =>
    packOn("2026-11-21", async (analyzer) => {
      await analyzer.configure({ "images-labels": { properties: { requiredLabels: "team", exceptoins: [] } } });
      const [message] = textsOf("images-labels", await analyzer.analyze(STACK));
      expect(message).to.include("The configuration of images-labels is wrong:\n  requiredLabels: must be a list\n");
      expect(message).to.include('"exceptoins": is none of requiredLabels, exceptions');
      expect(textsOf("images-labels", await analyzer.analyze(image("web", { labels: { a: "b" } })))).to.deep.equal([]);
    }));

  it("takes the level that a user sets", () =>
    packOn("2026-11-21", async (analyzer) => {
      await analyzer.configure({ "images-family": { level: EnforcementLevel.MANDATORY } });
      const [said] = only("images-family", await analyzer.analyze(image("web")));
      expect(said.enforcementlevel).to.equal(EnforcementLevel.MANDATORY);
      await analyzer.configure({ "images-family": { level: EnforcementLevel.DISABLED } });
      expect(only("images-family", await analyzer.analyze(image("web")))).to.deep.equal([]);
    }));

  it("says what is wrong even where it cannot tell another thing", () =>
    packOn("2026-11-21", async (analyzer) => {
      const template: CaseResource = {
        type: "gcp:compute/instanceTemplate:InstanceTemplate",
        inputs: { disks: [{ sourceImage: UNKNOWN }, { sourceImage: "somebody-else/web" }, { sourceImage: UNKNOWN }] },
      };
      const texts = textsOf("images-trusted-sources", await analyzer.analyze(template));
      expect(texts).to.have.length(2);
      expect(texts[0]).to.include("disks[1].sourceImage: The image's project is not trusted.");
      expect(texts[1]).to.match(
        /^can't run policy 'images-trusted-sources' from policy pack 'kiln@v\d.*' during preview: string value at \.disks\[0\]\.sourceImage, \.disks\[2\]\.sourceImage can't be known during preview$/,
      );
    }));

  it("reads documents that are given as assets in a stack as well", () =>
    packOn("2026-11-21", async (analyzer) => {
      const object: CaseResource = {
        type: "gcp:storage/bucketObject:BucketObject",
        inputs: { name: "families/web.json", source: textAsset('{"kind":"FamilyPolicy"}') },
      };
      const said = await analyzer.analyzeStack([STACK, object, image("web", { family: "web" })]);
      expect(only("images-lifecycle-policy", said)).to.deep.equal([]);
    }));
});
