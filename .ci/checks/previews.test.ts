import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { serve } from "../../test/ci/loopback";
import { git, sampleRepository } from "../../test/ci/repository";
import { Runner, type Step, yamlFile } from "../../test/ci/steps";

const CI = "examples/pull-request/ci";
const MARKER = "<!-- kiln-preview:shop/dev -->\n";
const REPORTS = ["base.json", "junit.xml", "report.html", "report.md", "report.txt"];

/** A folder as a system makes it before the first script, with a pull request whose base has moved on since. */
function pullRequest() {
  const upstream = join(runner.folder, "upstream");
  const { base, change } = sampleRepository(upstream);
  git(upstream, "checkout", "--quiet", "main");
  writeFileSync(join(upstream, "infra/index.ts"), "export const moved = true;\n");
  git(upstream, "commit", "--quiet", "--all", "--message", "moved on");
  return { upstream, base, change };
}

function breaksWith(folder: string, text: string): void {
  writeFileSync(join(runner.workspace, folder, "infra/index.ts"), text);
}

let runner: Runner;

/** What one system's preview is tested with. */
function describePreview(system: string, tests: () => void): void {
  describe(`the preview on ${system}`, function () {
    this.timeout(240_000);
    beforeEach(() => (runner = new Runner()));
    afterEach(() => runner.end());
    tests();
  });
}

const report = (folder: string, name: string) => readFileSync(join(runner.workspace, folder, name), "utf8");

describePreview("GitHub", () => {
  const { env, jobs } = yamlFile<{ env: Record<string, string>; jobs: { preview: { steps: Step[] } } }>(
    `${CI}/github/preview.yml`,
  );
  const scripts = jobs.preview.steps.filter(({ run }) => run !== undefined);

  beforeEach(() => {
    const { upstream } = pullRequest();
    git(upstream, "merge", "--quiet", "--strategy=ours", "--message", "merge", "change");
    git(upstream, "checkout", "--quiet", "change", "--", "infra");
    git(upstream, "commit", "--quiet", "--all", "--amend", "--message", "merge");
    git(runner.workspace, "clone", "--quiet", "--depth=2", `file://${upstream}`, "change");
  });

  it("compares the merge commit with what it is merged into", async () => {
    const { status } = await runner.runAll(scripts.slice(0, -1), {}, env);
    expect(status).to.equal(0);
    expect(readdirSync(join(runner.workspace, "reports")).sort()).to.deep.equal([...REPORTS, "report.sarif"].sort());
    expect(runner.steps.preview.outputs.verdict).to.equal("3");
    expect(runner.summary).to.equal(report("reports", "report.md"));
    expect(runner.summary.startsWith(MARKER)).to.equal(true);
    // The base has lost its resources since: all of the change's are new to it.
    expect(report("reports", "report.txt")).to.match(/^Compared with the base: \d+ to create$/m);
    const verdict = await runner.run(scripts[scripts.length - 1]);
    expect(verdict.status).to.equal(3);
  });

  it("fails where the program does, and the runner obeys again", async () => {
    breaksWith("change", "console.log('::error::planted'); throw new Error('broken');\n");
    const { status, stdout } = await runner.runAll(scripts.slice(0, -1), {}, env);
    expect(status).to.equal(1);
    const token = /^::stop-commands::(\w+)$/m.exec(stdout)?.[1];
    expect(stdout.trimEnd().endsWith(`\n::${token}::`)).to.equal(true);
  });
});

describePreview("GitLab", () => {
  const { "kiln-preview": job } = yamlFile<
    Record<"kiln-preview", { script: string[]; variables: Record<string, string> }>
  >(`${CI}/gitlab-ci.yml`);
  const run = (env: Record<string, string>) =>
    runner.bash(job.script.join("\n"), { ...job.variables, CI_PROJECT_DIR: runner.workspace, ...env });

  it("compares with the commit that the merge request starts from, and fails after the reports", async () => {
    const { upstream, base } = pullRequest();
    git(runner.workspace, "clone", "--quiet", "--branch=change", upstream, ".");
    const { status } = await run({ CI_MERGE_REQUEST_DIFF_BASE_SHA: base });
    expect(status).to.equal(3);
    expect(readdirSync(join(runner.workspace, "kiln")).sort()).to.deep.equal(REPORTS);
    expect(report("kiln", "report.md").startsWith(MARKER)).to.equal(true);
    expect(report("kiln", "report.txt")).to.include("3 to create").and.include("the BigQuery dataset holds data");
  });
});

describePreview("Cloud Build", () => {
  const { steps } = yamlFile<{ steps: { id: string; script: string }[] }>(`${CI}/cloudbuild.yaml`);
  const script = (id: string) =>
    (steps.find((step) => step.id === id)?.script ?? "").replaceAll("/workspace", runner.workspace);
  const INPUTS = { DIRECTORY: "infra", STACK: "dev", POLICY_PACK: "node_modules/pulumi-kiln/policy/pack" };

  it("compares a shallow clone with the commit that the pull request starts from, and fails last", async () => {
    const { upstream, change } = pullRequest();
    git(runner.workspace, "clone", "--quiet", "--depth=1", "--branch=change", `file://${upstream}`, ".");
    const based = await runner.bash(script("base"), { BASE_BRANCH: "main", COMMIT: change });
    expect(based.status, based.stderr).to.equal(0);
    const previewed = await runner.bash(script("preview"), INPUTS);
    expect(previewed.status, previewed.stderr).to.equal(0);
    expect(readdirSync(join(runner.workspace, "reports")).sort()).to.deep.equal([...REPORTS, "verdict"].sort());
    expect(report("reports", "report.txt")).to.include("3 to create").and.include("the BigQuery dataset holds data");
    expect((await runner.bash(script("verdict"))).status).to.equal(3);
  });

  it("stores each report under a name of its own, by requests that only create", async () => {
    const server = await serve(({ path }) => ({
      body: path.startsWith("/computeMetadata/") ? { access_token: "t" } : {},
    }));
    mkdirSync(join(runner.workspace, "reports"));
    for (const name of ["report.md", "report.html", "stray"])
      writeFileSync(join(runner.workspace, "reports", name), name);
    const text = script("store").replaceAll(
      /https?:\/\/(metadata\.google\.internal|storage\.googleapis\.com)/g,
      server.url,
    );
    const { status, stderr } = await runner.bash(text, { BUCKET: "acme-kiln-reports", FOLDER: "12/abc/build" });
    await server.close();
    expect(stderr).to.equal("");
    expect(status).to.equal(0);
    expect(server.asked.slice(1).map(({ method, path, body }) => [method, path, body])).to.deep.equal(
      ["report.html", "report.md"].map((name) => [
        "POST",
        `/upload/storage/v1/b/acme-kiln-reports/o?uploadType=media&ifGenerationMatch=0&name=12/abc/build/${name}`,
        name,
      ]),
    );
    expect(server.asked.slice(1).every(({ authorization }) => authorization === "Bearer t")).to.equal(true);
  });

  it("fails last with the error of a program that does not run", async () => {
    mkdirSync(join(runner.workspace, "infra"));
    sampleRepository(runner.workspace);
    breaksWith(".", "throw new Error('broken');\n");
    expect((await runner.bash(script("preview"), INPUTS)).status).to.equal(0);
    expect(existsSync(join(runner.workspace, "reports/verdict"))).to.equal(true);
    expect((await runner.bash(script("verdict"))).status).to.equal(1);
  });
});
