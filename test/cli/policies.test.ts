import { expect } from "chai";
import { join } from "node:path";
import { type PreviewGraph } from "../../preview";
import { FIXTURES, project } from "../preview/support";
import { onThing, packFiles, packOf, PROGRAM } from "../preview/policies/support";
import { resultOf, start } from "./command";

const RECORDED = join(FIXTURES, "recorded");
const PACK = join(FIXTURES, "recorded-pack");

describe("kiln preview --policy-pack", () => {
  it("ends with 0 where the recorded pack only advises", async () => {
    const { code, stdout, stderr } = await kiln(["preview", RECORDED, "--policy-pack", PACK], { VARIANT: "base" });
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(policies(stdout)).to.equal(`Policies
  sample-pack@1.0.0: 4 policies looked at 11 resources, 1 advisory violation, 1 remediation
    advisory  bucket-location: Buckets stay in the EU.
      gcp:storage:Bucket images-bucket: no versioning
    remediate  label-buckets: Adds an owner label.
      gcp:storage:Bucket images-bucket: changes labels`);
  });

  it("ends with 3 where a mandatory policy of the recorded pack is violated, and prints the report all the same", async () => {
    const { code, stdout, stderr } = await kiln(["preview", RECORDED, "--policy-pack", PACK], { VARIANT: "change" });
    expect({ code, stderr }).to.deep.equal({ code: 3, stderr: "" });
    expect(policies(stdout)).to.equal(`Policies
  sample-pack@1.0.0: 4 policies looked at 11 resources, 1 mandatory violation, 1 advisory violation, 1 remediation
    mandatory  immutable-tags: Release repositories keep their tags.
      gcp:artifactregistry:Repository apps: tags can move
    advisory  bucket-location: Buckets stay in the EU.
      gcp:storage:Bucket images-bucket: no versioning
    remediate  label-buckets: Adds an owner label.
      gcp:storage:Bucket images-bucket: changes labels`);
  });

  it("takes several packs and their settings in order, and puts what they say into the graph", async () => {
    const directory = project({
      "index.js": PROGRAM,
      ...packFiles(packOf(onThing('report("first")')), "one"),
      ...packFiles(packOf(onThing('report("second")')), "two"),
      "one.json": '{"thing": "advisory"}',
      "two.json": '{"all": "disabled"}',
    });
    const pack = (name: string) => [
      ...["--policy-pack", join(directory, name)],
      ...["--policy-pack-config", join(directory, `${name}.json`)],
    ];
    const { code, stdout } = await kiln(["preview", directory, ...pack("one"), ...pack("two"), "--format", "json"]);
    const { policyPacks = [] } = JSON.parse(stdout) as PreviewGraph;
    expect(code).to.equal(0);
    expect(policyPacks.map(({ violations }) => violations.map(({ message }) => message))).to.deep.equal([
      ["first"],
      [],
    ]);
  });

  it("says in one line that nothing is wrong", async () => {
    const directory = project({ "index.js": PROGRAM, ...packFiles(packOf(onThing("return"))) });
    const { code, stdout } = await kiln(["preview", directory, "--policy-pack", join(directory, "pack")]);
    expect(code).to.equal(0);
    expect(policies(stdout)).to.equal("Policies\n  test-pack@1.2.3: 1 policy looked at 3 resources, nothing is wrong");
  });

  it("shows many resources with one message together", async () => {
    const program = `const pulumi = require("@pulumi/pulumi");
      for (let n = 10; n < 23; n++) new pulumi.ComponentResource("t:index:Group", "group-" + n);`;
    const every = `{ name: "every", description: "About groups.", enforcementLevel: "advisory", remediationSteps: "Do it.",
      validateResource: (args, report) => args.type === "t:index:Group" && report("is a group\\nof two lines") }`;
    const directory = project({ "index.js": program, ...packFiles(packOf(every)) });
    const { stdout } = await kiln(["preview", directory, "--policy-pack", join(directory, "pack")]);
    expect(policies(stdout)).to.equal(`Policies
  test-pack@1.2.3: 1 policy looked at 14 resources, 13 advisory violations
    advisory  every: About groups.
      is a group
      of two lines
${[10, 11, 12, 13, 14, 15, 16, 17, 18, 19].map((n) => `      - t:index:Group group-${n}`).join("\n")}
      - and 3 more
      fix: Do it.`);
  });

  it("ends with 1 where the pack or the program is wrong", async () => {
    const directory = project({
      "index.js": 'throw new (require("@pulumi/pulumi").RunError)("boom")',
      "good.js": PROGRAM,
      ...packFiles("process.exit(4)", "bad"),
      ...packFiles(packOf(onThing('report("no")'))),
    });
    const program = await kiln(["preview", directory, "--policy-pack", join(directory, "pack")]);
    expect(program).to.deep.include({ code: 1, stdout: "" });
    expect(program.stderr).to.match(/error: boom\n$/);
    const pack = await kiln(["preview", RECORDED, "--policy-pack", join(directory, "bad")]);
    expect(pack).to.deep.include({ code: 1, stdout: "" });
    expect(pack.stderr).to.match(
      /^error: policy pack \S+bad: it ended with exit code 4 before it served its policies\n$/,
    );
  });

  const wrong: Record<string, string[]> = {
    "error: option '--policy-pack <dir>' is for the offline engine; the Pulumi CLI runs packs itself: pulumi preview --policy-pack\n":
      ["--engine", "pulumi", "--policy-pack", "pack"],
    "error: option '--policy-pack <dir>' cannot be used with option '--from <file>'\n": [
      ...["--from", "a.json", "--policy-pack", "pack"],
    ],
    "error: option '--policy-pack-config <file>' must be given once for each '--policy-pack <dir>', in their order; got 1 for 0\n":
      ["--policy-pack-config", "a.json"],
    "error: option '--policy-pack-config <file>' must be given once for each '--policy-pack <dir>', in their order; got 1 for 2\n":
      ["--policy-pack", "a", "--policy-pack", "b", "--policy-pack-config", "a.json"],
  };
  for (const [stderr, args] of Object.entries(wrong))
    it(`ends with 2 at ${args.join(" ")}`, async () => {
      expect(await kiln(["preview", ...args])).to.deep.equal({ code: 2, stdout: "", stderr });
    });
});

/** The report's section about policies. */
function policies(report: string): string {
  const start = report.indexOf("Policies\n");
  return report.slice(start, report.indexOf("\n\n", start));
}

function kiln(args: string[], env: Record<string, string> = {}) {
  return resultOf(start(args, env));
}
