import { expect } from "chai";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PreviewGraph } from "../../preview";
import { project } from "../preview/support";
import { buildBundle, kiln } from "./bundle";

const PROGRAM = `new (require("@pulumi/gcp/pubsub").Topic)("events", { name: "events" });`;
const folder = () => mkdtempSync(join(tmpdir(), "kiln-output-"));

describe("kiln preview --output", () => {
  before(buildBundle);

  it("writes reports into files beside the one that it prints", async () => {
    const [directory, reports] = [project({ "index.js": PROGRAM }), folder()];
    const [html, json] = [join(reports, "a=b.html"), join(reports, "graph.json")];
    writeFileSync(html, "the report before");
    const flags = ["--output", `html=${html}`, "--output", `json=${json}`];
    const { code, stdout } = await kiln("preview", directory, ...flags);
    expect(code).to.equal(0);
    expect(stdout).to.match(/^Preview of /);
    expect(readFileSync(html, "utf8")).to.match(/^<!doctype html>/i);
    const { resources } = JSON.parse(readFileSync(json, "utf8")) as PreviewGraph;
    expect(resources.map(({ name }) => name)).to.include("events");
    expect(readdirSync(reports)).to.have.members(["a=b.html", "graph.json"]);
  });

  it("says which file cannot be written, and prints no report", async () => {
    const file = join(folder(), "missing", "report.html");
    const { code, stdout, stderr } = await kiln(
      "preview",
      project({ "index.js": PROGRAM }),
      "--output",
      `html=${file}`,
    );
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
    expect(stderr).to.equal(
      `error: --output: ${file} cannot be written (ENOENT); name a file in a folder that exists\n`,
    );
  });

  for (const [what, value, said] of [
    ["a format that is none", "htm=report.html", "It must be FORMAT=FILE"],
    ["no file", "html=", "It must be FORMAT=FILE"],
    ["no format", "report.html", "It must be FORMAT=FILE"],
  ])
    it(`refuses ${what}`, async () => {
      const { code, stderr } = await kiln("preview", "--output", value);
      expect(code).to.equal(2);
      expect(stderr).to.contain(said);
    });

  it("refuses two reports for one file", async () => {
    const { code, stderr } = await kiln("preview", "--output", "html=r", "--output", "json=./r");
    expect(code).to.equal(2);
    expect(stderr).to.contain("Another report goes into this file.");
  });
});
