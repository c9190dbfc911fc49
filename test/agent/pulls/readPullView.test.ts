import { expect } from "chai";
import { googleClients } from "../../../agent/clients";
import { googleFrom } from "../../../agent/endpoints";
import { failureOf } from "../../../agent/failure";
import { type PullQuestion, readPullView } from "../../../agent/pulls/readPullView";
import { PATIENCE, retrying } from "../../../agent/retry";
import { limited } from "../../../agent/timeLimit";
import { PullView } from "../../../core/pulls/views";
import {
  ApiError,
  type BigQueryFake,
  type BigQueryOptions,
  type QueryAnswer,
  startBigQuery,
} from "../../../testing/bigquery";
import { faults } from "../../../testing/compute";
import { NOW, TestHost } from "../support/factory";

const DATASET = { project: "acme-logs", dataset: "image_pull_logs" };
const QUESTION: PullQuestion = {
  ...{ dataset: DATASET, view: PullView.Image, since: NOW - 30 * 86_400_000, until: NOW, mostBytes: 1000 },
};
const EVENTS = { name: "events", type: "TABLE" } as const;
const VIEW = { name: "pulls", type: "VIEW" } as const;
const SHARDS = Array.from({ length: 30 }, (_, day) => ({
  name: `events_202605${String(day + 1).padStart(2, "0")}`,
  type: "TABLE" as const,
}));

const ANSWER: QueryAnswer = {
  columns: [
    { name: "image", type: "STRING", isList: false },
    { name: "third_party", type: "BOOL", isList: false },
    { name: "pulls", type: "INT64", isList: false },
    { name: "share", type: "FLOAT64", isList: false },
    { name: "day", type: "DATE", isList: false },
    { name: "last_pull", type: "TIMESTAMP", isList: false },
    { name: "clusters", type: "STRING", isList: true },
  ],
  rows: Array.from({ length: 25 }, (_, at) => ({
    ...{ image: at === 0 ? null : `ghcr.io/acme/${at}`, third_party: at % 2 === 0, pulls: at, share: at / 4 },
    ...{ day: "2026-05-31", last_pull: "2026-05-31T12:00:00.123Z", clusters: at === 0 ? [] : ["a", "b"] },
  })),
};

describe("readPullView", () => {
  let fake: BigQueryFake;
  let host: TestHost;
  const start = async (
    tables: BigQueryOptions["datasets"][string]["tables"],
    options: Partial<BigQueryOptions> = {},
  ) => {
    const datasets = { "acme-logs.image_pull_logs": { location: "EU", tables } };
    fake = await startBigQuery({ datasets, answer: () => ANSWER, pageSize: 10, ...options });
  };
  const ask = (question: Partial<PullQuestion> = {}, signal?: AbortSignal, callMilliseconds?: number) => {
    const bigQuery = googleClients(googleFrom({ KILN_BIGQUERY_ENDPOINT: fake.url })).bigQuery("acme-billing");
    const retry = limited(retrying(host, PATIENCE), callMilliseconds);
    return readPullView({ bigQuery, host, retry, signal }, { ...QUESTION, ...question });
  };
  const failure = async (question?: Partial<PullQuestion>) => {
    try {
      await ask(question);
    } catch (error) {
      return failureOf(error);
    }
    throw new Error("it did not fail");
  };

  beforeEach(() => {
    host = new TestHost();
  });

  afterEach(async () => {
    await fake.close();
    expect(fake.violations).to.deep.equal([]);
  });

  it("reads all pages of tables and rows, with times and days as text", async () => {
    await start([...SHARDS, EVENTS, VIEW], { polls: 3 });
    const { rows, fromView, tables } = await ask();
    expect(rows).to.deep.equal(ANSWER.rows);
    expect([fromView, tables]).to.deep.equal([true, { location: "EU", hasView: true, hasEvents: true, shards: 30 }]);
    const count = (name: string) => fake.calls.filter((one) => one === name).length;
    const counts = ["datasets.get", "tables.list", "jobs.insert", "jobs.getQueryResults"].map(count);
    expect(counts).to.deep.equal([1, 4, 1, 6]);
  });

  it("asks the view, and the tables where there is none or own names are given", async () => {
    await start([EVENTS, VIEW]);
    await ask();
    await ask({ firstParty: ["gcr.io/acme"] });
    expect(fake.queries[0]).to.include(
      "(SELECT * FROM `acme-logs.image_pull_logs.pulls` WHERE TRUE AND time >= TIMESTAMP '2026-05-02T00:00:00.000Z' AND time < TIMESTAMP '2026-06-01T00:00:00.000Z')",
    );
    expect(fake.queries[1]).to.include("FROM `acme-logs.image_pull_logs.events`\n").and.include("registry = 'gcr.io'");
    expect(fake.queries[1])
      .to.include("ENDS_WITH(registry, '-docker.pkg.dev')")
      .and.include("timestamp >= TIMESTAMP '2026-05-02");
  });

  it("reads the tables of the days, alone or besides", async () => {
    await start(SHARDS);
    await ask();
    expect(fake.queries[0]).to.include("FROM `acme-logs.image_pull_logs.events_*`\n").and.not.include("events`");
    await fake.close();
    await start([...SHARDS, EVENTS]);
    await ask();
    expect(fake.queries[0]).to.include("events_*`").and.include("UNION ALL").and.include("events`");
  });

  it("asks nothing where there are no such tables", async () => {
    await start([
      { name: "events", type: "VIEW" },
      { name: "events_2026", type: "TABLE" },
    ]);
    expect(await ask()).to.deep.equal({
      tables: { location: "EU", hasView: false, hasEvents: false, shards: 0 },
      fromView: false,
    });
    expect(fake.queries).to.deep.equal([]);
  });

  it("rides out what passes, and begins a query once", async () => {
    await start([EVENTS]);
    fake.inject({ method: "datasets.get", fault: faults.status(503), times: 2 });
    fake.inject({ method: "tables.list", fault: faults.status(429, { retryAfterSeconds: 7 }) });
    fake.inject({ method: "jobs.insert", fault: faults.afterEffect(faults.reset()) });
    fake.inject({
      method: "jobs.getQueryResults",
      fault: faults.status(403, { reason: "jobRateLimitExceeded" }),
      nth: 2,
    });
    expect((await ask()).rows).to.have.lengthOf(25);
    expect(fake.queries).to.have.lengthOf(1);
    expect(host.waits).to.include(7000);
  });

  it("gives up a call that is not answered", async () => {
    await start([EVENTS]);
    fake.inject({ method: "jobs.getQueryResults", fault: faults.hang() });
    expect((await ask({}, undefined, 200)).rows).to.have.lengthOf(25);
  });

  it("cancels the query on Ctrl-C", async () => {
    await start([EVENTS], { polls: Infinity });
    const stop = new AbortController();
    host.sleep = () => {
      stop.abort();
      return Promise.resolve();
    };
    const error = await ask({}, stop.signal).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.equal(stop.signal.reason);
    expect(fake.calls.at(-1)).to.equal("jobs.cancel");
  });

  it("tells what cannot be", async () => {
    await start([EVENTS], { answer: () => ({ ...ANSWER, bytes: 2000 }) });
    expect(await failure()).to.deep.include({ status: 400, reason: "bytesBilledLimitExceeded" });
    expect(await failure({ dataset: { ...DATASET, dataset: "other" } })).to.deep.include({
      ...{ status: 404, message: "HTTP 404: Not found: Dataset acme-logs:other" },
    });
    fake.inject({
      method: "jobs.insert",
      fault: faults.status(403, {
        reason: "accessDenied",
        message: "Access Denied: Project acme-billing: User does not have bigquery.jobs.create permission",
      }),
    });
    expect(await failure()).to.deep.include({ status: 403, reason: "accessDenied" });
    expect(host.waits).to.deep.equal([]);
  });

  it("tells what is wrong with a query", async () => {
    const refused = new ApiError(400, "invalidQuery", "Unrecognized name: jsonPayload at [3:4]");
    await start([EVENTS], { answer: () => Promise.reject(refused) });
    expect(await failure()).to.deep.include({
      status: 400,
      message: "HTTP 400: Unrecognized name: jsonPayload at [3:4]",
    });
  });
});
