import { expect } from "chai";
import fc from "fast-check";
import { adviceFor, FailureKind, isTransient, kindOfStatus, kindOfText } from "../../../core/copy/failures";
import { LONGEST_RETRY_AFTER, readRetryAfter, RETRY_POLICY, waitBeforeRetry } from "../../../core/copy/retries";
import { imagesOfTask } from "../../../core/copy/shards";
import { readStandIns } from "../../../core/copy/standIns";
import { ledgerPlace, readTask } from "../../../core/copy/tasks";
import { askedToWait, toolLog } from "../../../core/copy/toolLog";

const kinds = fc.constantFrom(...Object.values(FailureKind));

describe("tries of a copy", () => {
  it("are made again after what passes, never sooner than the registry asks, and not for ever", () => {
    fc.assert(
      fc.property(
        kinds,
        fc.integer({ min: 1, max: 9 }),
        fc.option(fc.nat(1e9), { nil: undefined }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (kind, attempt, retryAfter, random) => {
          const wait = waitBeforeRetry({ kind, attempt, retryAfter }, random);
          if (!isTransient(kind) || attempt >= RETRY_POLICY.attempts) return void expect(wait).to.equal(undefined);
          const asked = Math.min(LONGEST_RETRY_AFTER, retryAfter ?? 0);
          expect(wait).to.be.within(asked, asked + RETRY_POLICY.longestWait);
        },
      ),
    );
  });

  it("read Retry-After as seconds and as a date", () => {
    const now = Date.parse("2026-01-01T00:00:00Z");
    expect(readRetryAfter("120", now)).to.equal(120_000);
    expect(readRetryAfter("Thu, 01 Jan 2026 00:01:00 GMT", now)).to.equal(60_000);
    expect(readRetryAfter("Wed, 31 Dec 2025 00:00:00 GMT", now)).to.equal(0);
    for (const text of [undefined, "", "soon", "-1", "1.5", "99999999999999"])
      expect(readRetryAfter(text, now), text).to.equal(undefined);
  });

  it("know what an HTTP status means", () => {
    expect([401, 403, 404, 408, 415, 429, 500, 503, 507, 599].map(kindOfStatus)).to.deep.equal([
      ...[
        "unauthorized",
        "denied",
        "notFound",
        "unavailable",
        "unsupported",
        "rateLimited",
        "unavailable",
        "unavailable",
      ],
      ...["full", "unavailable"],
    ]);
    expect(kindOfText("something else")).to.equal("unknown");
  });

  it("tell what to do about everything that has a name", () => {
    for (const kind of Object.values(FailureKind))
      if (kind !== FailureKind.Unknown) expect(adviceFor(kind), kind).to.be.a("string");
  });
});

describe("tasks of a Cloud Run job", () => {
  it("share the images: each has one task, and a repository's stay together, in order", () => {
    const images = fc.uniqueArray(
      fc.tuple(fc.constantFrom("a", "b", "c", "d", "e"), fc.nat(40)).map((parts) => parts.join(":")),
    );
    fc.assert(
      fc.property(images, fc.integer({ min: 1, max: 6 }), (all, tasks) => {
        const repositoryOf = (image: string) => image.split(":")[0];
        const parts = Array.from({ length: tasks }, (_, task) => imagesOfTask(all, repositoryOf, { task, tasks }));
        expect(parts.flat().sort()).to.deep.equal([...all].sort());
        for (const part of parts) {
          expect(part).to.deep.equal(all.filter((image) => part.includes(image)));
          for (const image of part)
            expect(all.filter((one) => repositoryOf(one) === repositoryOf(image) && !part.includes(one))).to.deep.equal(
              [],
            );
        }
      }),
    );
  });

  it("are told by Cloud Run which they are", () => {
    expect(readTask({})).to.deep.equal({ shard: { task: 0, tasks: 1 } });
    const environment = { CLOUD_RUN_TASK_INDEX: "3", CLOUD_RUN_TASK_COUNT: "4", CLOUD_RUN_EXECUTION: "mirror-x7" };
    expect(readTask(environment)).to.deep.equal({ shard: { task: 3, tasks: 4 }, execution: "mirror-x7" });
    for (const [index, count] of [
      ["4", "4"],
      ["-1", "4"],
      ["x", "4"],
      ["0", "0"],
    ])
      expect(() => readTask({ CLOUD_RUN_TASK_INDEX: index, CLOUD_RUN_TASK_COUNT: count })).to.throw(
        /^CLOUD_RUN_TASK_INDEX must be a number/,
      );
  });

  it("have ledgers of their own, beside the plan or where it is said", () => {
    const whole = { shard: { task: 0, tasks: 1 } };
    const third = { shard: { task: 2, tasks: 4 }, execution: "run-1" };
    expect(ledgerPlace("a/plan.yaml", undefined, whole)).to.deep.equal({ file: "a/plan.ledger.jsonl" });
    expect(ledgerPlace("a/plan.yaml", undefined, third)).to.deep.equal({ file: "a/plan.ledger.task-2-of-4.jsonl" });
    expect(ledgerPlace("a/plan.yaml", "b/", whole)).to.deep.equal({ file: "b/ledger.jsonl" });
    expect(ledgerPlace("gs://bucket/m/plan.yaml", undefined, whole)).to.deep.equal({
      bucket: "bucket",
      prefix: "m/plan.ledger/",
    });
    expect(ledgerPlace("gs://bucket/m/plan.yaml", "gs://bucket/ledgers/", third)).to.deep.equal({
      bucket: "bucket",
      prefix: "ledgers/run-1/task-2-of-4/",
    });
  });

  it("find stand-ins of registries on this machine alone", () => {
    expect([...readStandIns("docker.io=127.0.0.1:5000,ghcr.io=localhost:5001")]).to.deep.equal([
      ["docker.io", "127.0.0.1:5000"],
      ["ghcr.io", "localhost:5001"],
    ]);
    for (const text of ["docker.io=evil.example:80", "docker.io", "=127.0.0.1:1"])
      expect(() => readStandIns(text), text).to.throw(/must be like docker\.io=127\.0\.0\.1:5000/);
  });
});

describe("the log of a tool", () => {
  const TEXT = [
    "2026/11/21 19:05:40 --> GET http://127.0.0.1:5/v2/a/manifests/1",
    "2026/11/21 19:05:40 <-- 429 http://127.0.0.1:5/v2/a/manifests/1 (76µs)",
    "2026/11/21 19:05:40 HTTP/1.1 429 Too Many Requests",
    "Retry-After: 7",
    "",
    '{"errors":[]}',
    "Retry-After: 9",
    "Error: fetching: TOOMANYREQUESTS: no",
    "more",
    "",
  ].join("\n");

  it("tells answers, what was asked for, and the error to its end, however it is cut into chunks", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(TEXT.length), { maxLength: 6 }), (cuts) => {
        const log = toolLog();
        const ends = [...cuts, TEXT.length].sort((one, other) => one - other);
        ends.forEach((end, index) => log.add(TEXT.slice(ends[index - 1] ?? 0, end)));
        expect(log.answers).to.deep.equal([
          { status: 429, url: "http://127.0.0.1:5/v2/a/manifests/1", headers: { "retry-after": "7" } },
        ]);
        expect(askedToWait(log.answers)).to.equal("7");
        expect(log.error()).to.equal("fetching: TOOMANYREQUESTS: no\nmore");
      }),
    );
  });
});
