import { expect } from "chai";
import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PreviewGraph } from "../../preview";
import { project } from "../preview/support";
import { kiln, resultOf } from "./command";

const PROGRAM = `new (require("@pulumi/gcp/pubsub").Topic)("events", { name: "events" });`;
const folder = () => mkdtempSync(join(tmpdir(), "kiln-output-"));

describe("kiln preview --output", () => {
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

  it("keeps links, pipes, devices and modes", async () => {
    const [directory, reports] = [project({ "index.js": PROGRAM }), folder()];
    const [link, real, fifo] = ["link.json", "real.json", "fifo"].map((name) => join(reports, name));
    writeFileSync(real, "before");
    chmodSync(real, 0o640);
    symlinkSync("real.json", link);
    symlinkSync("fresh.mmd", join(reports, "dangling"));
    execFileSync("mkfifo", [fifo]);
    const reading = resultOf(spawn("cat", [fifo], { stdio: ["ignore", "pipe", "pipe"] }));
    const outputs = [`json=${link}`, `html=${fifo}`, `mermaid=${join(reports, "dangling")}`, "text=/dev/null"].flatMap(
      (one) => ["--output", one],
    );
    expect((await kiln("preview", directory, ...outputs)).code).to.equal(0);
    expect((await reading).stdout).to.match(/^<!doctype html>/i);
    expect(readlinkSync(link)).to.equal("real.json");
    expect(readFileSync(real, "utf8")).to.match(/^\{/);
    expect(readFileSync(join(reports, "fresh.mmd"), "utf8")).to.match(/^flowchart/);
    expect(statSync(real).mode & 0o777).to.equal(0o640);
    expect(lstatSync(fifo).isFIFO()).to.equal(true);
    expect(lstatSync("/dev/null").isCharacterDevice()).to.equal(true);
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

  it("refuses two reports for one file, through links too", async () => {
    const reports = folder();
    mkdirSync(join(reports, "real"));
    symlinkSync("real", join(reports, "link"));
    for (const [one, other] of [
      ["r", "./r"],
      [join(reports, "real/r"), join(reports, "link/r")],
    ]) {
      const { code, stderr } = await kiln("preview", "--output", `html=${one}`, "--output", `json=${other}`);
      expect(code).to.equal(2);
      expect(stderr).to.contain("Another report goes into this file.");
    }
  });

  it("refuses to overwrite what it reads", async () => {
    const directory = project({ "index.js": PROGRAM, "base.json": "{}", "Pulumi.dev.yaml": "config: {}" });
    symlinkSync("base.json", join(directory, "link"));
    const refusal = async (file: string, ...flags: string[]) => {
      const { code, stdout, stderr } = await kiln("preview", directory, "--output", `json=${file}`, ...flags);
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: "" });
      return stderr.replace("error: option '--output <format=file>': json=", "").replaceAll(directory, ".");
    };
    const [base, link] = ["base.json", "link"].map((name) => join(directory, name));
    for (const flag of ["--compare", "--answers", "--from"])
      expect(await refusal(link, flag, base)).to.equal(
        `./link would overwrite what ${flag} names; name another file\n`,
      );
    for (const name of ["index.js", "Pulumi.yaml", "Pulumi.dev.yaml", "package.json"])
      expect(await refusal(join(directory, name))).to.equal(
        `./${name} would overwrite a file of a program; name another file\n`,
      );
    expect(readFileSync(base, "utf8")).to.equal("{}");
  });
});
