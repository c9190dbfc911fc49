import { expect } from "chai";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { writePlan } from "../../../core/migration/writePlan";
import { AR, planOf, SHA } from "../../core/rewrite/samples";
import { containers } from "./support";

const HUB = `${AR}/docker-io/library`;

describe("kiln containers rewrite", () => {
  let folder: string;
  const put = (name: string, content: string | Buffer): string => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  };
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  const run = (...args: string[]) => containers("rewrite", join(folder, "plan.yaml"), join(folder, "tree"), ...args);
  /** Paths as a reader of this test needs them. */
  const shortly = (text: string) => text.replaceAll(`${folder}/tree/`, "");

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "kiln-rewrite-"));
    put("plan.yaml", writePlan(planOf({ source: "nginx:1.25", digest: SHA }, "redis:7")));
    put("tree/Dockerfile", "\ufeffFROM nginx:1.25 AS web\r\nARG V\r\nFROM other:$V");
    put("tree/pod.yaml", "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, image: redis:7}]}\n");
    put("tree/run.sh", "docker run redis:7\n");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("changes names alone, tells what it left, and has nothing to do the second time", async () => {
    chmodSync(join(folder, "tree/Dockerfile"), 0o750);
    const { code, stdout, stderr } = await run();
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(read("tree/Dockerfile")).to.equal(`\ufeffFROM ${HUB}/nginx:1.25 AS web\r\nARG V\r\nFROM other:$V`);
    expect(statSync(join(folder, "tree/Dockerfile")).mode & 0o777).to.equal(0o750);
    expect(read("tree/pod.yaml")).to.contain(`image: ${HUB}/redis:7}`);
    expect(read("tree/run.sh")).to.equal("docker run redis:7\n");
    expect(shortly(stdout)).to.match(new RegExp(`Dockerfile:1:\\d +nginx:1.25 +${HUB}/nginx:1.25\n`));
    expect(shortly(stdout)).to.match(/Dockerfile:3:6 +other:\$V +the file leaves V open/);
    expect(shortly(stdout)).to.match(/run\.sh:1:12 +redis:7 +it only looks like a name: --likely rewrites it/);
    expect(stdout).to.contain("2 references in 2 files rewritten");
    expect((await run("--check")).code).to.equal(0);
  });

  it("checks and shows differences without writing", async () => {
    const before = read("tree/Dockerfile");
    const check = await run("--check");
    expect(check.code).to.equal(1);
    expect(check.stdout).to.contain("2 references in 2 files would change");
    const diff = await run("--diff", "--likely");
    expect(diff.code).to.equal(0);
    expect(diff.stdout).to.contain(
      `-\ufeffFROM nginx:1.25 AS web\r\n+\ufeffFROM ${HUB}/nginx:1.25 AS web\r\n ARG V\r\n`,
    );
    expect(diff.stdout).to.contain(`+docker run ${HUB}/redis:7\n`);
    expect(read("tree/Dockerfile")).to.equal(before);
  });

  it("pins, and goes back", async () => {
    const before = read("tree/pod.yaml");
    const { changes, left } = JSON.parse((await run("--pin", "--format", "json")).stdout) as Record<
      string,
      { from: string }[]
    >;
    expect([changes.length, left.length]).to.deep.equal([2, 3]);
    expect(read("tree/Dockerfile")).to.contain(`FROM ${HUB}/nginx:1.25@${SHA} AS`);
    expect((await run("--revert")).code).to.equal(0);
    expect(read("tree/Dockerfile")).to.contain(`FROM nginx:1.25@${SHA} AS`);
    expect(read("tree/pod.yaml")).to.equal(before);
    expect((await run("--revert", "--pin")).code).to.equal(2);
  });

  it("leaves what the ledger beside the plan does not have, and pins to what it has", async () => {
    const at = "2026-01-01T00:00:00Z";
    const head = { apiVersion: "kiln/v1", kind: "CopyLedger", plan: "x", task: 0, tasks: 1, tool: "crane", at };
    const step = {
      step: "copied",
      source: "docker.io/library/nginx:1.25",
      digest: `sha256:${"cd".repeat(32)}`,
      bytes: 1,
      at,
    };
    put("plan.ledger.jsonl", `${JSON.stringify(head)}\n${JSON.stringify(step)}\n`);
    const { code, stdout } = await run("--pin");
    expect(code).to.equal(0);
    expect(stdout).to.contain("it is not copied yet");
    expect(read("tree/Dockerfile")).to.contain(`${HUB}/nginx:1.25@${step.digest} AS web`);
    expect(read("tree/pod.yaml")).to.contain("image: redis:7}");
    expect((await run("--no-ledger")).stdout).to.contain("1 reference in 1 file rewritten");
    expect((await run("--ledger", join(folder, "tree/pod.yaml"))).stderr).to.contain("is not the head of a CopyLedger");
  });

  it("leaves alone what is no text of its own: links, other encodings, plans", async () => {
    put("outside/Dockerfile", "FROM nginx:1.25\n");
    symlinkSync(join(folder, "outside/Dockerfile"), join(folder, "tree/linked.Dockerfile"));
    const latin = Buffer.from("FROM nginx:1.25\n# \xfc\n", "latin1");
    put("tree/latin.Dockerfile", latin);
    put("tree/plan.yaml", read("plan.yaml"));
    const { code, stderr } = await run();
    expect(code).to.equal(0);
    expect(shortly(stderr)).to.contain("latin.Dockerfile: is left as it is: save it as UTF-8 first");
    expect(readFileSync(join(folder, "tree/latin.Dockerfile"))).to.deep.equal(latin);
    expect(read("outside/Dockerfile")).to.equal("FROM nginx:1.25\n");
    expect(read("tree/plan.yaml")).to.equal(read("plan.yaml"));
  });

  it("says what is wrong with what it is given", async () => {
    const missing = await containers("rewrite", join(folder, "plan.yaml"), join(folder, "none"));
    expect(missing).to.deep.equal({
      code: 1,
      stdout: "",
      stderr: `error: ${folder}/none: there is no such file or folder\n`,
    });
    put("plan.yaml", read("plan.yaml").replace("kind: MigrationPlan", "kind: Other"));
    const wrong = await run();
    expect(wrong.code).to.equal(1);
    expect(wrong.stderr).to.contain('kind must be "MigrationPlan"');
  });
});
