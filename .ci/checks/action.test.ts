import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { git, installed, sampleRepository } from "../../test/ci/repository";
import { type Ended, filled, Runner, type Step, yamlFile } from "../../test/ci/steps";

interface Action {
  inputs: Record<string, { default: string }>;
  outputs: Record<string, { value: string }>;
  runs: { steps: Step[] };
}

const { inputs, outputs, runs } = yamlFile<Action>("action.yml");
const DEFAULTS = Object.fromEntries(Object.entries(inputs).map(([name, { default: value }]) => [name, value]));
const HOSTILE = [
  "$(touch PWNED)",
  "`touch PWNED`",
  "'; touch PWNED; '",
  '"; touch PWNED; "',
  "a\ntouch PWNED\n",
  "--help",
  "${{ github.token }} && touch PWNED",
];

let runner: Runner;

/** Tests in a repository with a base and a change, whose packages are installed. */
function describeAction(what: string, tests: () => void): void {
  describe(`the action ${what}`, function () {
    this.timeout(240_000);
    beforeEach(() => {
      runner = new Runner();
      sampleRepository(runner.workspace);
      installed(join(runner.workspace, "infra"));
    });
    afterEach(() => runner.end());
    tests();
  });
}

const run = (given: Record<string, string>): Promise<Ended> =>
  runner.runAll(runs.steps, { inputs: { ...DEFAULTS, directory: "infra", ...given } });
const output = (name: string) => filled(outputs[name].value, { steps: runner.steps });
const made = () => readdirSync(output("folder")).sort();
const kept = (name: string) => readFileSync(output(name), "utf8");
const PACK = { "policy-packs": "node_modules/pulumi-kiln/policy/pack" };

describeAction("with a change", () => {
  it("writes every report, compared with the base, and then fails for the violations", async () => {
    const { status, stdout } = await run({ ...PACK, formats: "text json markdown html mermaid sarif junit" });
    expect(status).to.equal(3);
    expect(output("verdict")).to.equal("violations");
    expect(output("exit-code")).to.equal("3");
    expect(output("compared")).to.equal("true");
    expect(stdout).to.include("::error::Mandatory policies object");
    expect(made()).to.deep.equal([
      "graph.json",
      "graph.mmd",
      "junit.xml",
      "report.html",
      "report.md",
      "report.sarif",
      "report.txt",
    ]);
    for (const format of ["text", "json", "markdown", "html", "mermaid", "sarif", "junit"])
      expect(kept(format), format).to.not.equal("");
    expect(kept("markdown")).to.match(/^<!-- kiln-preview:shop\/dev -->\n/);
    expect(runner.summary).to.equal(kept("markdown"));
    expect(git(runner.workspace, "worktree", "list").split("\n"), "worktrees").to.have.length(1);
    expect(git(runner.workspace, "status", "--porcelain")).to.equal("");
  });

  it("only warns with fail-on never", async () => {
    const { status, stdout } = await run({ ...PACK, formats: "text", "fail-on": "never" });
    expect(status).to.equal(0);
    expect(output("verdict")).to.equal("violations");
    expect(stdout).to.include("::warning::Mandatory policies object");
  });

  it("compares with nothing where that is asked for, or the base has no such project", async () => {
    expect((await run({ formats: "text", "base-ref": "" })).status).to.equal(0);
    expect(output("compared")).to.equal("false");
    renameSync(join(runner.workspace, "infra"), join(runner.workspace, "new"));
    const { status, stdout } = await run({ formats: "text", directory: "new" });
    expect(status).to.equal(0);
    expect(stdout).to.include("the base has no such project");
    expect(output("verdict")).to.equal("passed");
  });

  it("goes on with a warning where the base does not run", async () => {
    git(runner.workspace, "checkout", "--quiet", "-b", "broken", "HEAD^1");
    writeFileSync(join(runner.workspace, "infra/index.ts"), "throw new Error('broken');\n");
    git(runner.workspace, "commit", "--quiet", "--all", "--message", "broken");
    git(runner.workspace, "checkout", "--quiet", "change");
    const { status, stdout, stderr } = await run({ formats: "text", "base-ref": "broken" });
    expect(stderr).to.include("broken");
    expect(stdout).to.include("::warning::Kiln compares with nothing: the base cannot be previewed (exit code 1)");
    expect(status).to.equal(0);
  });

  it("fails where the change does not run", async () => {
    writeFileSync(join(runner.workspace, "infra/index.ts"), "throw new Error('broken');\n");
    const { status, stderr } = await run({ "base-ref": "", formats: "text json" });
    expect(status).to.equal(1);
    expect(stderr).to.include("broken");
    expect(output("verdict")).to.equal("failed");
    expect(made()).to.deep.equal([]);
  });

  it("lets no program give the runner commands", async () => {
    const command = "::error::planted";
    writeFileSync(
      join(runner.workspace, "infra/index.ts"),
      `console.log("\\n${command}"); process.stdout.write("${command}");\n`,
    );
    const { stdout, stderr } = await run({ formats: "text" });
    expect(stdout + stderr).to.include("planted");
    expect(obeyed(stdout)).to.not.include(command);
    expect(obeyed(`${stdout}\n::notice::after`), "commands are obeyed again afterwards").to.include("::notice::after");
  });
});

describeAction("with hostile inputs", () => {
  for (const name of Object.keys(inputs))
    it(`runs nothing that stands in ${name}`, async () => {
      for (const text of HOSTILE) {
        const given = { "base-ref": "", formats: "text", [name]: text };
        await run(given);
        expect(planted(), text).to.equal("");
      }
    });

  it("runs nothing that a branch or a folder is named after", async () => {
    const name = "$(touch${IFS}PWNED);'\"";
    git(runner.workspace, "checkout", "--quiet", "-b", "$(touch${IFS}PWNED)", "HEAD^1");
    const folder = join(runner.workspace, name);
    mkdirSync(folder);
    rmSync(folder, { recursive: true });
    renameSync(join(runner.workspace, "infra"), folder);
    git(runner.workspace, "add", "--all");
    git(runner.workspace, "commit", "--quiet", "--message", "moved");
    const { status } = await run({ directory: name, formats: "text", "base-ref": "$(touch${IFS}PWNED)" });
    expect(status).to.equal(0);
    expect(output("compared")).to.equal("true");
    expect(planted()).to.equal("");
  });

  for (const [input, value, message] of [
    ["base-ref", "no-such-ref", "The base is no commit of this checkout"],
    ["formats", "text pdf", "formats are text, json, markdown, html, mermaid, sarif and junit"],
    ["formats", " ", "formats names no report"],
    ["costs", "yes", "costs is true or false"],
    ["fail-on", "warnings", "fail-on is mandatory or never"],
  ])
    it(`says what is wrong with ${input} "${value}"`, async () => {
      const { status, stdout } = await run({ "base-ref": "", [input]: value });
      expect(status).to.not.equal(0);
      expect(stdout).to.include(message);
    });
});

function planted(): string {
  return execFileSync("find", [runner.folder, "-name", "PWNED", "-not", "-path", "*/node_modules/*"]).toString();
}

/** Lines that a runner takes for commands: those outside of `::stop-commands::TOKEN` … `::TOKEN::`. */
function obeyed(stdout: string): string[] {
  let token: string | undefined;
  const lines = stdout.split("\n").map((line) => line.trimStart());
  return lines.filter((line) => {
    const stop = /^::stop-commands::(\w+)$/.exec(line);
    if (token !== undefined && line === `::${token}::`) token = undefined;
    else if (token === undefined && stop) token = stop[1];
    else return token === undefined && line.startsWith("::");
    return false;
  });
}
