import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { TOOLS } from "../../test/support/tools";

const ROOT = join(__dirname, "../..");
const CI = join(ROOT, "examples/pull-request/ci");
const WORKFLOWS = ["preview.yml", "report.yml", "private.yml"];

describe("files for CI systems", () => {
  let repository: string;

  before(() => {
    repository = mkdtempSync(join(tmpdir(), "kiln-workflows-"));
    mkdirSync(join(repository, ".git"));
    mkdirSync(join(repository, ".github/workflows"), { recursive: true });
    for (const name of WORKFLOWS) cpSync(join(CI, "github", name), join(repository, ".github/workflows", name));
    // With our action as one of the repository, actionlint compares what it is given with its inputs and outputs.
    cpSync(join(ROOT, "action.yml"), join(repository, "kiln/action.yml"));
    const file = join(repository, ".github/workflows/private.yml");
    writeFileSync(file, readFileSync(file, "utf8").replace("OWNER/kiln@v0", "./kiln"));
  });

  after(() => rmSync(repository, { recursive: true, force: true }));

  const lint = () => tool("actionlint", ["-oneline", "-shellcheck", "shellcheck"], repository);

  it("pass actionlint, with the scripts in them", () => {
    const { status, stdout, stderr } = lint();
    expect(stdout + stderr).to.equal("");
    expect(status).to.equal(0);
  });

  it("would not pass with an input that the action does not have, nor with a wrong script", () => {
    const file = join(repository, ".github/workflows/wrong.yml");
    const step = "{ uses: ./kiln, with: { policy-pack: x } }";
    writeFileSync(
      file,
      `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - ${step}\n      - run: echo $a\n`,
    );
    const { stdout } = lint();
    rmSync(file);
    expect(stdout).to.include('input "policy-pack" is not defined').and.include("SC2086");
  });

  for (const [schema, file, ...more] of [
    ["vendor.github-workflows", "github/preview.yml"],
    ["vendor.github-workflows", "github/report.yml"],
    ["vendor.github-workflows", "github/private.yml"],
    ["vendor.github-actions", "../../../action.yml"],
    ["vendor.gitlab-ci", "gitlab-ci.yml", "--data-transform", "gitlab-ci"],
    ["vendor.cloudbuild", "cloudbuild.yaml"],
  ])
    it(`${basename(file)} keeps to ${schema}`, () => {
      const { status, stdout } = tool("python/bin/check-jsonschema", [
        "--builtin-schema",
        schema,
        ...more,
        join(CI, file),
      ]);
      expect(stdout).to.equal("ok -- validation done\n");
      expect(status).to.equal(0);
    });

  for (const [name, script] of scripts())
    it(`${name} passes shellcheck`, () => {
      const { status, stdout } = spawnSync("shellcheck", ["--shell=bash", "-"], { input: script, encoding: "utf8" });
      expect(stdout).to.equal("");
      expect(status).to.equal(0);
    });
});

/** Scripts that actionlint does not look into. */
function scripts(): [string, string][] {
  const read = <T>(path: string) => parse(readFileSync(join(CI, path), "utf8")) as T;
  const action = read<{ runs: { steps: { name: string; run: string }[] } }>("../../../action.yml");
  const build = read<{ steps: { id: string; script: string }[] }>("cloudbuild.yaml");
  const gitlab = read<Record<"kiln-preview" | "kiln-note", { script: string[] }>>("gitlab-ci.yml");
  return [
    ...action.runs.steps.map(({ name, run }): [string, string] => [`action.yml, ${name}`, run]),
    ...build.steps.map(({ id, script }): [string, string] => [`cloudbuild.yaml, ${id}`, script]),
    ["gitlab-ci.yml, kiln-preview", gitlab["kiln-preview"].script.join("\n")],
    ["gitlab-ci.yml, kiln-note", gitlab["kiln-note"].script.join("\n")],
  ];
}

function tool(name: string, args: string[], cwd = ROOT) {
  return spawnSync(join(TOOLS, name), args, { cwd, encoding: "utf8" });
}
