import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect } from "chai";
import { type Answer, type Asked, serve } from "./loopback";
import { type Ended, Runner, type Step, yamlFile } from "./steps";

interface Workflow {
  env: Record<string, string>;
  jobs: Record<string, { env?: Record<string, string>; steps: Step[] }>;
}

const { env, jobs } = yamlFile<Workflow>("examples/pull-request/ci/github/report.yml");
const MARKER = "<!-- kiln-preview:shop/dev -->";
const SHA = "a".repeat(40);
const BRANCH = 'evil"; touch PWNED; $(touch PWNED) #';
const EVENT = {
  id: 77,
  head_sha: SHA,
  head_branch: BRANCH,
  head_repository: { full_name: "stranger/fork" },
  html_url: "https://github.com/acme/infra/actions/runs/77",
  conclusion: "failure",
};
const PULL = { number: 12, head: { sha: SHA, repo: { full_name: "stranger/fork" } } };
const REPORT = `${MARKER}\n## Kiln\n\n3 to create\n`;
const SARIF = JSON.stringify({ version: "2.1.0", runs: [] });

/** GitHub, as far as the workflow asks it. */
class GitHub {
  pulls: unknown[] = [PULL];
  comments: { id: number; user: { login: string }; body: string }[] = [];
  artifact: Buffer | undefined;
  size = 1000;
  codeScanning = 202;

  answer({ method, path, body }: Asked): Answer {
    if (path.includes("/pulls?")) return { body: this.pulls };
    if (path.includes("/runs/77/artifacts")) return { body: { artifacts: this.#artifacts() } };
    if (path.endsWith("/artifacts/5/zip")) return { body: this.artifact };
    if (path.endsWith("/code-scanning/sarifs")) return { status: this.codeScanning, body: {} };
    if (method === "GET") return { body: this.#page(path) };
    const { body: text } = body as { body: string };
    if (method === "POST") this.comments.push({ id: 900, user: { login: "github-actions[bot]" }, body: text });
    else this.comments.find(({ id }) => path.endsWith(`/comments/${id}`))!.body = text;
    return { status: 201, body: {} };
  }

  #artifacts() {
    return this.artifact ? [{ id: 5, expired: false, size_in_bytes: this.size }] : [];
  }

  #page(path: string) {
    const page = Number(/&page=(\d+)$/.exec(path)?.[1]);
    return this.comments.slice((page - 1) * 100, page * 100);
  }
}

function archive(files: Record<string, string>): Buffer {
  const runner = new Runner();
  try {
    const folder = join(runner.workspace, "artifact");
    mkdirSync(folder);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    execFileSync("zip", ["--quiet", "../reports.zip", ...Object.keys(files)], { cwd: folder });
    return execFileSync("cat", [join(runner.workspace, "reports.zip")], { maxBuffer: 1 << 30 });
  } finally {
    runner.end();
  }
}

const missing = ["bash", "curl", "jq", "zip", "unzip"].filter((tool) => !hasTool(tool));

function hasTool(tool: string): boolean {
  try {
    execFileSync("which", [tool], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

(missing.length > 0 ? describe.skip : describe)(
  `GitHub's report workflow (${missing.join(" ") || "bash, curl, jq"})`,
  () => {
    let github: GitHub;
    let runner: Runner;
    let asked: Asked[];

    beforeEach(() => {
      github = new GitHub();
      runner = new Runner();
    });
    afterEach(() => runner.end());

    /** Runs the job's steps as the runner does, those with an `if` where the pull request was found. */
    async function report(): Promise<Ended> {
      const server = await serve((request) => github.answer(request));
      ({ asked } = server);
      const { steps } = jobs.report;
      const context = { github: { token: "the-token", event: { workflow_run: EVENT } } };
      const surroundings = { ...env, API: `${server.url}/repos/acme/infra`, HEAD_SHA: SHA };
      try {
        const found = await runner.runAll(steps.slice(0, 1), context, surroundings);
        if (found.status !== 0 || !runner.steps.find.outputs.number) return found;
        const rest = await runner.runAll(steps.slice(1), context, surroundings);
        return { ...rest, stdout: found.stdout + rest.stdout };
      } finally {
        await server.close();
      }
    }

    it("comments on the pull request whose head the commit is", async () => {
      github.artifact = archive({ "report.md": REPORT, "report.sarif": SARIF });
      const { status, stderr } = await report();
      expect(stderr).to.equal("");
      expect(status).to.equal(0);
      expect(asked[0].path).to.equal(`/repos/acme/infra/pulls?head=stranger:${BRANCH}&state=open&per_page=100`);
      expect(github.comments.map(({ body }) => body)).to.deep.equal([
        `${MARKER}\nMade of ${SHA} by [running its own code](${EVENT.html_url}): trust this as you trust its author. \n## Kiln\n\n3 to create\n`,
      ]);
      expect(asked.every(({ authorization }) => authorization === "Bearer the-token")).to.equal(true);
    });

    it("updates its own comment, not one in which somebody else wrote the marker", async () => {
      const others = Array.from({ length: 120 }, (_, id) => ({
        id,
        user: { login: "stranger" },
        body: `${MARKER} mine`,
      }));
      github.comments = [...others, { id: 500, user: { login: "github-actions[bot]" }, body: `${MARKER}\nold` }];
      github.artifact = archive({ "report.md": REPORT, "report.sarif": SARIF });
      expect((await report()).status).to.equal(0);
      expect(github.comments).to.have.length(121);
      expect(github.comments.filter(({ body }) => body.includes("3 to create")).map(({ id }) => id)).to.deep.equal([
        500,
      ]);
    });

    it("uploads the violations as those of the pull request's head", async () => {
      github.artifact = archive({ "report.md": REPORT, "report.sarif": SARIF });
      await report();
      const { sarif, ...rest } = asked[asked.length - 1].body as { sarif: string };
      expect(rest).to.deep.equal({ commit_sha: SHA, ref: "refs/pull/12/head" });
      expect(gunzipSync(Buffer.from(sarif, "base64")).toString()).to.equal(SARIF);
    });

    it("goes on where code scanning is off", async () => {
      github.codeScanning = 403;
      github.artifact = archive({ "report.md": REPORT, "report.sarif": SARIF });
      const { status, stdout } = await report();
      expect(status).to.equal(0);
      expect(stdout).to.include("Code scanning is not on");
    });

    it("says that there is no report, instead of leaving the old one", async () => {
      const { status } = await report();
      expect(status).to.equal(0);
      expect(github.comments[0].body).to.equal(
        `${MARKER}\nThe preview of commit ${SHA} gave no report of this stack and ended with failure: [log](${EVENT.html_url}).`,
      );
    });

    it("refuses a report that bears another marker", async () => {
      github.artifact = archive({ "report.md": "<!-- kiln-preview:other/prod -->\nAll is well", "report.sarif": "[" });
      const { status, stdout } = await report();
      expect(status).to.equal(0);
      expect(github.comments[0].body).to.include("gave no report of this stack");
      expect(stdout).to.include("::warning::The SARIF report is larger than 10 MB, or is none");
    });

    it("tells no SARIF report from one that is too large", async () => {
      github.artifact = archive({ "report.md": REPORT });
      expect((await report()).stdout).to.include("::notice::There is no SARIF report");
      const large = SARIF.replace("[]", JSON.stringify(["x".repeat(10_000_000)]));
      github.artifact = archive({ "report.md": REPORT, "report.sarif": large });
      expect((await report()).stdout).to.include("::warning::The SARIF report is larger than 10 MB, or is none");
    });

    it("lets a report mention nobody and command no bot", async () => {
      const hidden = ".@acme-one @@acme-two &#64;acme &#0064;acme &#x40;acme &#X0040;acme &commat;acme";
      const text = `${MARKER}/merge\n@everyone and (@acme/admins), group:developers@acme.example\r/approve\n  /lgtm\n${hidden}`;
      github.artifact = archive({ "report.md": text, "report.sarif": SARIF });
      await report();
      const [{ body }] = github.comments;
      expect(body).to.not.match(/^\s*\//m);
      expect(body).to.not.match(/(^|\W)@\w/m);
      expect(body).to.not.match(/;acme/);
      expect(body).to.include("group:developers@acme.example");
    });

    it("reads no more of a report than a comment holds", async () => {
      github.artifact = archive({ "report.md": `${MARKER}${"ä".repeat(30_000_000)}`, "report.sarif": SARIF });
      expect((await report()).status).to.equal(0);
      expect(github.comments[0].body.length).to.be.within(60_000, 65_536);
      expect(github.comments[0].body).to.include("It is too long for a comment: its end is missing. ");
    });

    it("downloads no artifact that is too large", async () => {
      github.artifact = archive({ "report.md": REPORT });
      github.size = 20_000_001;
      const { status, stderr } = await report();
      expect(status).to.not.equal(0);
      expect(stderr).to.include("larger than 20 MB");
      expect(asked.map(({ path }) => path)).to.not.include("/repos/acme/infra/actions/artifacts/5/zip");
    });

    for (const [title, pulls] of Object.entries({
      "the pull request has moved on": [{ ...PULL, head: { ...PULL.head, sha: "b".repeat(40) } }],
      "another repository has the same commit": [{ ...PULL, head: { sha: SHA, repo: { full_name: "acme/infra" } } }],
      "the fork is gone": [{ ...PULL, head: { sha: SHA, repo: null } }],
      "two pull requests have it as their head": [PULL, { ...PULL, number: 13 }],
    }))
      it(`reports nothing where ${title}`, async () => {
        github.pulls = pulls;
        const { status, stdout } = await report();
        expect(status).to.equal(0);
        expect(stdout).to.include("nothing to report");
        expect(asked).to.have.length(1);
      });

    it("runs nothing that a branch is named after", async () => {
      github.artifact = archive({ "report.md": REPORT, "report.sarif": SARIF });
      await report();
      expect(execFileSync("find", [runner.folder, "-name", "PWNED"]).toString()).to.equal("");
    });

    it("comments in the workflow of private repositories as well", async () => {
      const { env, jobs } = yamlFile<Workflow>("examples/pull-request/ci/github/private.yml");
      mkdirSync(join(runner.workspace, "reports"));
      writeFileSync(join(runner.workspace, "reports/report.md"), REPORT);
      github.comments = [{ id: 500, user: { login: "github-actions[bot]" }, body: `${MARKER}\nold` }];
      const server = await serve((request) => github.answer(request));
      const context = {
        github: {
          token: "the-token",
          api_url: server.url,
          repository: "acme/infra",
          event: { pull_request: { number: 12 } },
        },
      };
      const { status } = await runner.runAll(jobs.comment.steps, context, env);
      await server.close();
      expect(status).to.equal(0);
      expect(github.comments.map(({ id, body }) => [id, body])).to.deep.equal([[500, REPORT]]);
    });

    it("gives the token to no step that reads the archive", () => {
      const reading = jobs.report.steps.filter(({ run }) => run?.includes("unzip"));
      expect(reading).to.have.length(1);
      expect(JSON.stringify(reading)).to.not.include("token");
    });
  },
);
