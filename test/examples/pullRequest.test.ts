import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type PreviewGraph } from "../../preview";
import { expectGolden } from "../support/golden";

const ROOT = join(__dirname, "../..");
const README = readFileSync(join(ROOT, "examples/pull-request/README.md"), "utf8");
const COMMANDS = /```sh\n([\s\S]*?)```/.exec(README)?.[1].trim().split("\n") ?? [];

/** What a reviewer must find of each mistake, in any order of a line's parts. */
const MISTAKES: Record<string, RegExp[]> = {
  "the registry is public": [
    /containers-private-repository/,
    /Everybody on the internet gets this/,
    /allUsers.*roles\/artifactregistry\.reader/,
  ],
  "the deployment is Editor": [/iam-primitive-roles/, /roles\/run\.developer.*roles\/editor/],
  "the pull logs are deleted": [/to replace: the BigQuery dataset holds data/, /location.*"?EU"?.*"?europe-west1"?/],
  "the backups lose their protection": [/factory-protected-data/, /protection lost on 2/, /forceDestroy.*true/],
  "the machines boot a public image": [
    /images-trusted-sources/,
    /sourceImage.*acme-images.*debian-cloud\/global\/images\/family\/debian-12/,
  ],
  "a repository is deleted and another created": [/registry-docker-hub/, /registry-hub/, /2 to delete/],
};

describe("the sample pull request", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "kiln-sample-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs what the README says, with the built CLI and with the base's graph in a folder of the test. */
  function run(command: string) {
    const kiln = `'${process.execPath}' dist/cli/kiln.js`;
    const script = command.replace(/^npx kiln/, kiln).replaceAll("base.json", join(folder, "base.json"));
    return spawnSync("bash", ["-euo", "pipefail", "-c", script], { cwd: ROOT, encoding: "utf8" });
  }

  before(() => expect(run(COMMANDS[0])).to.include({ status: 0, stderr: "" }));

  for (const [format, file] of [
    ["text", "pull-request.report.golden.txt"],
    ["markdown", "pull-request.report.golden.md"],
  ])
    describe(`as ${format}`, () => {
      let report: string;

      before(() => {
        const { status, stdout, stderr } = run(`${COMMANDS[1]} --format ${format}`);
        expect(stderr).to.equal("");
        expect(status).to.equal(3);
        report = stdout;
      });

      it("is what its golden file says", () => expectGolden(report, join(__dirname, file)));

      for (const [mistake, signs] of Object.entries(MISTAKES))
        it(`shows that ${mistake}`, () => {
          for (const sign of signs) expect(report).to.match(sign);
        });
    });

  it("has a base to which no policy objects, and in which none of it is found", () => {
    const { status, stdout } = run(COMMANDS[1].replace("/change", "/base"));
    expect(status).to.equal(0);
    expect(stdout).to.include("Compared with the base: no changes\n");
    for (const [mistake, signs] of Object.entries(MISTAKES))
      expect(signs.filter((sign) => sign.test(stdout)).length, mistake).to.be.lessThan(signs.length);
    const graph = JSON.parse(run(`${COMMANDS[1].replace("/change", "/base")} --format json`).stdout) as PreviewGraph;
    expect(graph.policyPacks?.map(({ violations }) => violations)).to.deep.equal([[]]);
  });

  it("has four mistakes that policies see; the other two are in the comparison alone", () => {
    const graph = JSON.parse(run(`${COMMANDS[1]} --format json`).stdout) as PreviewGraph;
    expect(graph.policyPacks?.[0].violations.map(({ policy, level }) => `${level} ${policy}`)).to.deep.equal([
      "mandatory containers-private-repository",
      "mandatory iam-primitive-roles",
      "mandatory images-trusted-sources",
      "advisory factory-protected-data",
    ]);
  });

  it("tells each of the six in its README", () => {
    const rows = README.slice(README.indexOf("## The six")).match(/^\| [^-w].*\|$/gm);
    expect(rows).to.have.length(Object.keys(MISTAKES).length);
  });
});
