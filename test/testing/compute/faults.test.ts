import { ImagesClient } from "@google-cloud/compute";
import { type Fault, faults, startCompute } from "../../../testing/compute";
import { expect } from "../../support/chai";
import { rejection, useCompute } from "../../support/compute";

const project = "acme-images";
const GIVE_UP_AFTER_MILLISECONDS = 200;

describe("the fake's faults", () => {
  const compute = useCompute({ operationPolls: 0 });
  let client: ImagesClient;

  beforeEach(() => {
    client = new ImagesClient(compute().clientOptions(GIVE_UP_AFTER_MILLISECONDS));
    compute().addImage({ project, name: "web-1" });
  });

  const remove = () => client.delete({ project, image: "web-1" });
  const left = () => compute().images(project).length;

  async function failing(fault: Fault) {
    compute().inject({ method: "images.delete", fault });
    return rejection(remove());
  }

  it("are statuses, with the reason and the time to wait", async () => {
    for (const status of [403, 412, 429, 500, 503]) expect(await failing(faults.status(status))).to.include({ status });
    const limited = await failing(faults.status(429, { retryAfterSeconds: 7 }));
    expect(limited.response!.headers.get("retry-after")).to.equal("7");
    expect(limited.message).to.contain('"reason":"rateLimitExceeded"');
    const quota = await failing(faults.status(403, { reason: "rateLimitExceeded", message: "Quota exceeded" }));
    expect(quota.message).to.contain("Quota exceeded").and.to.contain("rateLimitExceeded");
    expect(left()).to.equal(1);
    await remove();
    expect(left()).to.equal(0);
  });

  it("are connections that end, before or after the effect", async () => {
    expect(await failing(faults.reset())).to.include({ code: "ECONNRESET" });
    expect(left()).to.equal(1);
    expect(await failing(faults.afterEffect(faults.reset()))).to.include({ code: "ECONNRESET" });
    expect(left()).to.equal(0);
  });

  it("are answers that never come, before or after the effect", async () => {
    expect((await failing(faults.hang())).message).to.contain("aborted");
    expect(left()).to.equal(1);
    expect((await failing(faults.afterEffect(faults.hang()))).message).to.contain("aborted");
    expect(left()).to.equal(0);
  });

  it("are errors whose work was done all the same", async () => {
    expect(await failing(faults.afterEffect(faults.status(503)))).to.include({ status: 503 });
    expect(left()).to.equal(0);
  });

  it("strike the call that they are meant for, as often as they are meant to", async () => {
    compute().inject({ method: "images.get", nth: 2, times: 2, fault: faults.status(503) });
    compute().inject({ project: "another", fault: faults.status(500), times: Infinity });
    const outcomes: unknown[] = [];
    for (let call = 0; call < 4; call++) {
      await client.list({ project });
      outcomes.push(
        await client.get({ project, image: "web-1" }).then(
          () => 200,
          (error: { status?: number }) => error.status,
        ),
      );
    }
    expect(outcomes).to.deep.equal([200, 503, 503, 200]);
    expect(await rejection(client.get({ project: "another", image: "web-1" }))).to.include({ status: 500 });
    compute().clearFaults();
    expect(await rejection(client.get({ project: "another", image: "web-1" }))).to.include({ status: 404 });
  });

  it("can be anything that a test does between two calls", async () => {
    const stop = compute().onCall(({ method }) => {
      if (method === "images.delete") compute().addDisk({ project, name: "boot", sourceImage: "global/images/web-1" });
    });
    await remove();
    expect(compute().find(`projects/${project}/zones/europe-west1-b/disks/boot`)).to.include({ name: "boot" });
    stop();
  });

  it("do not hide what a listener throws, nor a fault that cannot be", async () => {
    const own = await startCompute();
    const images = new ImagesClient(own.clientOptions());
    own.inject({ fault: faults.operationError("QUOTA_EXCEEDED") });
    expect(await rejection(images.list({ project }))).to.include({ code: "ECONNRESET" });
    own.onCall(() => {
      throw new Error("killed here");
    });
    expect(await rejection(images.list({ project }))).to.include({ code: "ECONNRESET" });
    const failures = (await rejection(own.close())) as Error as AggregateError;
    expect(failures.errors.map(({ message }: Error) => message)).to.deep.equal([
      "images.list starts no operation that could end in an error",
      "killed here",
    ]);
  });

  it("can be slowness", async () => {
    const slow = await startCompute({ delayMilliseconds: 20 });
    slow.addImage({ project, name: "web-1" });
    const [found] = await new ImagesClient(slow.clientOptions()).list({ project });
    expect(found).to.have.length(1);
    await slow.close();
  });
});
