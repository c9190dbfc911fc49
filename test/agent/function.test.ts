import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect } from "chai";
import { serveEnforcement } from "../../agent/function";
import { API_VERSION, DEFAULT_LIFECYCLE } from "../../core/lifecycle/familyPolicy";
import { LEASE_OBJECT } from "../../agent/lease";
import { type RunSummary } from "../../core/lifecycle/report";
import { type ComputeFake, startCompute } from "../../testing/compute";
import { BucketServer, describeWithBuckets } from "../support/buckets";
import { TestHost } from "./support/factory";

const ROOT = join(__dirname, "../..");
/** What `npm run build:agent` made. */
const BUNDLE = join(ROOT, "dist/agent/index.js");
const PROJECT = "acme-images";
const BUCKET = "acme-images-kiln";

/** Answers as the Functions Framework would. */
function answered(): { status: (code: number) => never; json: (body: unknown) => void; code?: number; body?: unknown } {
  const response = {
    code: undefined as number | undefined,
    body: undefined as unknown,
    status: (code: number) => {
      response.code = code;
      return response as never;
    },
    json: (body: unknown) => void (response.body = body),
  };
  return response;
}

describe("the function", () => {
  it("begins a run with POST alone", async () => {
    const response = answered();
    await serveEnforcement({ method: "GET" }, response, {});
    expect(response.code).to.equal(405);
  });

  it("answers 500 with all that is wrong with its environment, and logs it as an error", async () => {
    const host = new TestHost();
    const response = answered();
    await serveEnforcement({ method: "POST" }, response, { KILN_PROJECT: "acme-images" }, { host });
    expect(response.code).to.equal(500);
    expect(response.body).to.deep.equal({
      outcome: "Failed",
      message: "the environment is wrong: KILN_BUCKET is missing",
    });
    expect(host.logged("summary").map(({ severity }) => severity)).to.deep.equal(["ERROR"]);
  });
});

describeWithBuckets("the function's bundle, as a process", function () {
  this.timeout(60_000);
  let fake: ComputeFake;
  let buckets: BucketServer;

  beforeEach(async () => {
    fake = await startCompute({ operationPolls: 1 });
    buckets = await BucketServer.start();
    await buckets.create(BUCKET);
    await buckets.put(BUCKET, "families/web.json", {
      ...{ apiVersion: API_VERSION, kind: "FamilyPolicy", metadata: { family: "web", project: PROJECT } },
      spec: { ...DEFAULT_LIFECYCLE, obsoleteAfter: "1d", deleteAfter: "2d", retainAtLeast: 1, maxDeletesPerRun: 50 },
    });
    for (let number = 10; number < 40; number++)
      fake.addImage({
        ...{ project: PROJECT, name: `web-${number}`, family: "web" },
        creationTimestamp: `2020-01-01T00:00:${number}.000-00:00`,
        ...(number < 39 ? { deprecated: { state: "OBSOLETE", deprecated: "2020-02-01T00:00:00Z" } } : {}),
      });
  });

  afterEach(async () => {
    await Promise.all([fake.close(), buckets.stop()]);
    expect(fake.violations).to.deep.equal([]);
  });

  /** One request to the function, in a process of its own. */
  function request() {
    const script = `require(${JSON.stringify(BUNDLE)}).enforce({ method: "POST" },
      { status(code) { this.code = code; return this; }, json(body) { console.log(JSON.stringify([this.code, body])); } })`;
    const child = spawn(process.execPath, ["-e", script], {
      env: {
        PATH: process.env.PATH,
        KILN_PROJECT: PROJECT,
        KILN_BUCKET: BUCKET,
        KILN_COMPUTE_ENDPOINT: `http://127.0.0.1:${fake.port}`,
        KILN_STORAGE_ENDPOINT: buckets.url,
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let stdout = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    const ended = new Promise<{ signal: string | null; lines: string[] }>((resolve) =>
      child.on("close", (_, signal) => resolve({ signal, lines: stdout.trim().split("\n") })),
    );
    return { child, ended };
  }

  const answerOf = async ({ ended }: ReturnType<typeof request>) => {
    const { lines } = await ended;
    return JSON.parse(lines.at(-1) ?? "") as [number, RunSummary];
  };
  const names = () => fake.images(PROJECT).map(({ name }) => name);

  it("enforces the policies and answers with the summary", async () => {
    const [code, summary] = await answerOf(request());
    expect(code, summary.message).to.equal(200);
    expect(summary).to.deep.include({ outcome: "Succeeded", images: 30, actions: { done: 29 } });
    expect(names()).to.deep.equal(["web-39"]);
    const objects = await buckets.objects(BUCKET);
    expect(objects).to.include.members([LEASE_OBJECT, "lifecycle/reports/latest.json"]);
  });

  it("is completed by the next one where it is killed in the middle", async () => {
    const killed = request();
    const stop = fake.onCall(({ method }) => {
      if (method !== "images.delete" || names().length > 20) return;
      stop();
      killed.child.kill("SIGKILL");
    });
    expect((await killed.ended).signal).to.equal("SIGKILL");
    expect(names()).to.include("web-39").and.have.length.above(1);

    const [code, { outcome }] = await answerOf(request());
    expect([code, outcome]).to.deep.equal([200, "Skipped"]);

    await buckets.put(BUCKET, LEASE_OBJECT, { owner: "killed", until: "2020-01-01T00:00:00Z" });
    fake.finishOperations();
    const [again, summary] = await answerOf(request());
    expect([again, summary.outcome], summary.message).to.deep.equal([200, "Succeeded"]);
    expect(names()).to.deep.equal(["web-39"]);
  });

  it("holds all that it needs: the folder is deployed as it is", () => {
    const { sha256 } = createRequire(__filename)(join(ROOT, "dist/agent/bundle.json")) as { sha256: string };
    expect(sha256).to.match(/^[0-9a-f]{64}$/);
  });
});
