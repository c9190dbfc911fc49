import { once } from "node:events";
import { expect } from "chai";
import { type ComputeFake, startCompute } from "../../testing/compute";
import { type Result, resultOf } from "../../test/cli/command";
import { BucketServer, describeWithBuckets } from "../../test/support/buckets";
import {
  addImage,
  BUCKET,
  deprecatedOn,
  images,
  putPolicy,
  startImages,
  statesOf,
  type Surroundings,
} from "../../test/cli/images/support";

const STAGING = [{ name: "staging", restricted: true }];

/** Runs a command that gets a signal as its n-th call arrives, and then the same command again. */
async function interrupted(args: string[], surroundings: Surroundings, signal: NodeJS.Signals, nth: number) {
  const child = startImages(args, surroundings);
  const ended = resultOf(child);
  const done = surroundings.fake?.onCall(async ({ number }) => {
    if (number !== nth) return;
    // The answer waits until the signal has arrived, however busy the machine is.
    const told = once(child.stderr ?? child, "data");
    child.kill(signal);
    await Promise.race([told, ended]);
  });
  const first = await ended;
  done?.();
  return { first, again: await images(args, surroundings) };
}

/** The same cloud for every run. */
async function cloud(): Promise<ComputeFake> {
  const fake = await startCompute({ operationPolls: 1 });
  addImage(fake, "web-1", "2024-01-01", deprecatedOn("2024-02-01"));
  addImage(fake, "web-2", "2024-02-01", { labels: { "kiln-tests": "passed" } });
  return fake;
}

/** Interrupts a command at every call that it makes. */
async function atEveryCall(
  args: string[],
  buckets: BucketServer | undefined,
  signal: NodeJS.Signals,
): Promise<Result[]> {
  const whole = await cloud();
  expect((await images(args, { fake: whole, buckets })).code).to.equal(0);
  const [end, calls] = [withoutIds(statesOf(whole)), whole.calls.length];
  await whole.close();
  expect(calls).to.be.greaterThan(4);
  const ends: Result[] = [];
  for (let nth = 1; nth <= calls; nth++) {
    const fake = await cloud();
    // What a listener throws, closing the fake throws.
    fake.onCall(() => void expect(activeOf(fake), "web would be empty").to.not.deep.equal([]));
    const { first, again } = await interrupted(args, { fake, buckets }, signal, nth);
    ends.push(first);
    expect(again.code, again.stderr).to.equal(0);
    fake.finishOperations();
    expect(withoutIds(statesOf(fake)), `after call ${nth}`).to.deep.equal(end);
    expect(fake.violations).to.deep.equal([]);
    await fake.close();
  }
  return ends;
}

function activeOf(fake: ComputeFake): string[] {
  return Object.entries(statesOf(fake)).flatMap(([name, state]) =>
    /^web-\d$/.test(name) && state.startsWith("ACTIVE") ? [name] : [],
  );
}

function withoutIds(states: Record<string, string>): Record<string, string> {
  return JSON.parse(JSON.stringify(states).replace(/kiln-parent-id=\d+/g, "kiln-parent-id=N")) as Record<
    string,
    string
  >;
}

/** Whether runs that were told to stop said so, and that steps were left, but for those whose last calls were under way. */
function haveEndedCleanly(ends: Result[]): boolean {
  return ends.every(({ code, stderr }, index) => {
    const isTold = stderr.startsWith("stopping after the call that is under way; once more ends at once\n");
    if (code === 0) return isTold && index >= ends.length - 3;
    return isTold && code === 130 && /\d steps? of \d left; run the same command again\n$/.test(stderr);
  });
}

describe("kiln images, interrupted", function () {
  this.timeout(180_000);

  it("rolls back to the end after Ctrl-C at any call", async () => {
    const ends = await atEveryCall(["rollback", "web"], undefined, "SIGINT");
    expect(ends).to.satisfy(haveEndedCleanly);
  });

  it("rolls back to the end after being killed at any call, and the family is never empty", async () => {
    const ends = await atEveryCall(["rollback", "web"], undefined, "SIGKILL");
    expect(ends.map(({ code }) => code)).to.deep.equal(ends.map(() => null));
  });
});

describeWithBuckets("kiln images promote, interrupted (fake-gcs-server)", function () {
  this.timeout(180_000);
  let buckets: BucketServer;

  before(async () => {
    buckets = await BucketServer.start();
    await buckets.create(BUCKET);
    await putPolicy(buckets, "web", { channels: STAGING });
  });

  after(() => buckets.stop());

  it("promotes to the end, and makes one copy, after Ctrl-C at any call", async () => {
    const ends = await atEveryCall(["promote", "web", "--approve-by", "ann"], buckets, "SIGINT");
    expect(ends).to.satisfy(haveEndedCleanly);
  });

  it("promotes to the end, and makes one copy, after being killed at any call", async () => {
    const ends = await atEveryCall(["promote", "web", "--approve-by", "ann"], buckets, "SIGKILL");
    expect(ends.map(({ code }) => code)).to.deep.equal(ends.map(() => null));
  });
});
