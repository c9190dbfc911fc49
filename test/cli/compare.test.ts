import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type PreviewGraph } from "../../preview";
import { project } from "../preview/support";
import { kiln } from "./command";

const topic = (name: string) =>
  `new (require("@pulumi/gcp/pubsub").Topic)("${name}", { name: "${name}", project: "acme" });`;

/** A project, and the graph of an earlier program of it. */
async function changed(before: string, after: string): Promise<{ directory: string; base: string }> {
  const directory = project({ "index.js": before });
  const base = join(directory, "base.json");
  const { stdout, code } = await kiln("preview", directory, "--format", "json");
  expect(code).to.equal(0);
  writeFileSync(base, stdout);
  writeFileSync(join(directory, "index.js"), after);
  return { directory, base };
}

describe("kiln preview --compare", () => {
  it("tells what a change does, after the heading", async () => {
    const { directory, base } = await changed(topic("a"), `${topic("a")}${topic("b")}`);
    const { code, stdout, stderr } = await kiln("preview", directory, "--compare", base, "--costs");
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.match(
      /^Preview of sample, stack dev \(offline\)\n\nCompared with the base: 1 to create\n {2}\+ {2}gcp:pubsub:Topic b\n {2}1 unchanged\n\n/,
    );
    expect(stdout).to.include("  1 → 2  Pub/Sub topics and subscriptions: ");
    expect(stdout).to.include("https://cloud.google.com/pubsub/pricing\n");
    expect(stdout).to.match(/two programs are compared, not a program and what is deployed;\n.*\n$/);
  });

  it("puts comparison and costs into the JSON, which is a base again", async () => {
    const { directory, base } = await changed(topic("a"), topic("b"));
    const first = await kiln("preview", directory, "--compare", base, "--costs", "--format", "json");
    const document = JSON.parse(first.stdout) as PreviewGraph & { comparison: { summary: string }; costs: object[] };
    expect(document.comparison.summary).to.equal("1 to create, 1 to delete");
    expect(document.costs).to.have.length(1);
    writeFileSync(base, first.stdout);
    const second = await kiln("preview", directory, "--compare", base);
    expect(second.stdout).to.include("Compared with the base: no changes\n");
  });

  it("ends with 1 at a base that is none, before the program runs, and at one of another stack", async () => {
    const { directory, base } = await changed("", 'throw new Error("the program ran")');
    writeFileSync(base, '{"steps": []}');
    expect(await kiln("preview", directory, "--compare", base)).to.deep.equal({
      code: 1,
      stdout: "",
      stderr: `error: ${base}:1: is what pulumi preview --json writes; write it with kiln preview --format json > FILE\n`,
    });
    const other = await changed("", "");
    const { code, stderr } = await kiln("preview", other.directory, "--stack", "prod", "--compare", other.base);
    expect({ code, stderr }).to.deep.equal({
      code: 1,
      stderr: `error: ${other.base}: is of project sample, stack dev, and the program of project sample, stack prod: everything would be new; preview both with the same --stack\n`,
    });
  });

  const wrong: Record<string, string[]> = {
    "error: option '--compare <file>' cannot be used with option '--from <file>'\n": ["--from", "a.json"],
    "error: option '--compare <file>' is for the offline engine; the Pulumi CLI compares with the state\n": [
      "--engine",
      "pulumi",
    ],
  };
  for (const [stderr, args] of Object.entries(wrong))
    it(`ends with 2 at ${args.join(" ")}`, async () => {
      const result = await kiln("preview", "--compare", "b.json", ...args);
      expect(result).to.deep.equal({ code: 2, stdout: "", stderr });
    });
});
