import { expect } from "chai";
import { type Answer, type Asked, serve } from "./loopback";
import { Runner, yamlFile } from "./steps";

const file = yamlFile<{ variables: { KILN_MARKER: string }; "kiln-note": { script: string[] } }>(
  "examples/pull-request/ci/gitlab-ci.yml",
);
const MARKER = file.variables.KILN_MARKER;
const TOLD =
  "Made of abc by [running its own code](https://gitlab.example/jobs/3): trust this as you trust its author.";

interface Note {
  id: number;
  author: { id: number };
  body: string;
}

/** GitLab, as far as the job asks it: merge requests 1 and 2, the second without a pipeline. */
class GitLab {
  notes: Note[] = [];
  report: string | undefined = `${MARKER}\n## Kiln\n\n3 to create\n`;
  jobs: object[] = [
    { id: 2, name: "test", status: "success", web_url: "https://gitlab.example/jobs/2" },
    { id: 3, name: "kiln-preview", status: "failed", web_url: "https://gitlab.example/jobs/3" },
  ];

  answer({ method, path, body }: Asked): Answer {
    const page = Number(/&page=(\d+)$/.exec(path)?.[1]);
    if (path === "/user") return { body: { id: 42 } };
    if (path.startsWith("/projects/7/merge_requests?")) return { body: [{ iid: 1 }, { iid: 2 }] };
    if (path === "/projects/7/merge_requests/1")
      return { body: { head_pipeline: { id: 100, project_id: 8, sha: "abc" } } };
    if (path === "/projects/7/merge_requests/2") return { body: { head_pipeline: null } };
    if (path.startsWith("/projects/8/pipelines/100/jobs")) return { body: this.jobs };
    if (path === "/projects/8/jobs/3/artifacts/kiln/report.md")
      return this.report === undefined ? { status: 404 } : { body: Buffer.from(this.report) };
    if (path.startsWith("/projects/7/merge_requests/1/notes") && method === "GET")
      return { body: this.notes.slice((page - 1) * 100, page * 100) };
    const text = (body as { body: string }).body;
    if (method === "POST") this.notes.push({ id: 900, author: { id: 42 }, body: text });
    else this.notes.find(({ id }) => path.endsWith(`/notes/${id}`))!.body = text;
    return { status: 201, body: {} };
  }
}

describe("GitLab's note job", () => {
  let gitlab: GitLab;
  let asked: Asked[];

  beforeEach(() => (gitlab = new GitLab()));

  async function note() {
    const runner = new Runner();
    const server = await serve((request) => gitlab.answer(request));
    ({ asked } = server);
    const env = { CI_API_V4_URL: server.url, CI_PROJECT_ID: "7", KILN_TOKEN: "the-token", KILN_MARKER: MARKER };
    try {
      return await runner.bash(file["kiln-note"].script.join("\n"), env);
    } finally {
      await server.close();
      runner.end();
    }
  }

  it("writes a note on each merge request that has a report", async () => {
    const { status, stderr } = await note();
    expect(stderr).to.equal("");
    expect(status).to.equal(0);
    expect(gitlab.notes.map(({ body }) => body)).to.deep.equal([`${MARKER}\n${TOLD}\n\n## Kiln\n\n3 to create`]);
    expect(asked.every(({ authorization }) => authorization === "the-token")).to.equal(true);
  });

  it("updates its own note on a later page, and leaves one that says the same", async () => {
    const others = Array.from({ length: 120 }, (_, id) => ({ id, author: { id: 1 }, body: `${MARKER} mine` }));
    gitlab.notes = [...others, { id: 500, author: { id: 42 }, body: `${MARKER}\nold` }];
    await note();
    expect(gitlab.notes.filter(({ body }) => body.includes("3 to create")).map(({ id }) => id)).to.deep.equal([500]);
    await note();
    expect(asked.filter(({ method }) => method !== "GET")).to.deep.equal([]);
  });

  it("lets a report command GitLab nothing and mention nobody", async () => {
    gitlab.report = `${MARKER}/merge\n@all and (@admins), group:developers@acme.example\r/approve\n  /assign me\n\u2028/close\n.@one @@two &#64;acme &#x40;acme &commat;acme`;
    await note();
    const [{ body }] = gitlab.notes;
    expect(body).to.not.match(/(^|[\r\u2028])\s*\//m);
    expect(body).to.not.match(/(^|\W)@\w|;acme/m);
    expect(body).to.include("group:developers@acme.example");
  });

  it("says that there is no report, or one of another stack", async () => {
    for (const report of [undefined, "<!-- kiln-preview:other/prod -->\nAll is well"]) {
      gitlab.report = report;
      gitlab.notes = [];
      expect((await note()).status).to.equal(0);
      expect(gitlab.notes[0].body).to.equal(
        `${MARKER}\nThe preview of abc gave no report of this stack: [log](https://gitlab.example/jobs/3).`,
      );
    }
  });

  it("reads no more of a report than a note holds", async () => {
    gitlab.report = `${MARKER}${"ä".repeat(20_000_000)}`;
    expect((await note()).status).to.equal(0);
    expect(gitlab.notes[0].body.length).to.be.within(90_000, 200_000);
  });

  it("waits for a job that has not ended", async () => {
    gitlab.jobs = [{ id: 3, name: "kiln-preview", status: "running", web_url: "" }];
    expect((await note()).status).to.equal(0);
    expect(gitlab.notes).to.deep.equal([]);
  });

  it("goes on to the other merge requests after an error, and fails", async () => {
    gitlab.jobs = [{ id: 4, name: "kiln-preview", status: "success", web_url: "" }];
    const answer = gitlab.answer.bind(gitlab);
    gitlab.answer = (request) => (request.path.endsWith("/merge_requests/1") ? { status: 500 } : answer(request));
    const { status, stderr } = await note();
    expect(status).to.equal(1);
    expect(stderr).to.equal("!1: GET /projects/7/merge_requests/1: 500\n");
    expect(asked.map(({ path }) => path)).to.include("/projects/7/merge_requests/2");
  });
});
