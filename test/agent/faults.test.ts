import { expect } from "chai";
import { enforceLifecycle } from "../../agent/enforce";
import { PATIENCE } from "../../agent/retry";
import { LEASE_OBJECT } from "../../agent/lease";
import { type LifecycleReportDocument, RunOutcome } from "../../core/lifecycle/report";
import { type Fault, faults } from "../../testing/compute";
import { ENFORCED, TestCloud, type TestFactory } from "./support/factory";

/** Longer than any lease. */
const HOUR = 3_600_000;

describe("a run of the agent that meets a fault", function () {
  this.timeout(300_000);
  let cloud: TestCloud;
  /** The calls of a run that nothing disturbs. */
  let calls: string[];

  before(async () => {
    cloud = await TestCloud.start(700);
    const factory = cloud.factory(["shop"]);
    await enforceLifecycle(factory.connect());
    calls = factory.calls();
  });

  after(async () => {
    await cloud.fake.close();
    expect(cloud.fake.violations).to.deep.equal([]);
  });

  afterEach(() => cloud.fake.clearFaults());

  /** Whatever happened: what may not be lost is there, and nothing is further than it may be. */
  function expectNothingLost(factory: TestFactory): void {
    const states = factory.states();
    expect(states).to.include({ "web-5": "ACTIVE" });
    expect(states["web-4"]).to.be.oneOf(["ACTIVE", "DEPRECATED"]);
    expect(states["web-3"]).to.be.oneOf(["DEPRECATED", "OBSOLETE"]);
  }

  /** The same command once more, after the lease of a run that is no more has ended. */
  async function expectCompletion(factory: TestFactory): Promise<void> {
    cloud.fake.clearFaults();
    cloud.host.time += HOUR;
    const { summary } = await enforceLifecycle(factory.connect());
    expect(summary.outcome, summary.message).to.equal(RunOutcome.Succeeded);
    expect(factory.states()).to.deep.equal(ENFORCED);
  }

  const passing: [string, () => Fault][] = [
    ["429", () => faults.status(429, { retryAfterSeconds: 7 })],
    ["403 for too many calls", () => faults.status(403, { reason: "rateLimitExceeded" })],
    ["500", () => faults.status(500)],
    ["503", () => faults.status(503)],
    ["503 after the effect", () => faults.afterEffect(faults.status(503))],
    ["a connection reset", () => faults.reset()],
    ["a connection reset after the effect", () => faults.afterEffect(faults.reset())],
  ];
  for (const [what, fault] of passing)
    it(`rides out ${what} on every call in turn, and does nothing twice`, async () => {
      for (const [index, method] of calls.entries()) {
        const factory = cloud.factory(["shop"]);
        const { project } = factory;
        const nth = calls.slice(0, index + 1).filter((one) => one === method).length;
        const before = cloud.fake.calls.length;
        cloud.fake.inject({ fault: fault(), method, project, nth });
        const { summary } = await enforceLifecycle(factory.connect());
        expect(summary.outcome, `${method} ${nth}: ${summary.message}`).to.equal(RunOutcome.Succeeded);
        expect(factory.states(), method).to.deep.equal(ENFORCED);
        const requestIds = cloud.fake.calls
          .slice(before)
          .filter((call) => ["images.deprecate", "images.delete"].includes(call.method) && call.project === project)
          .map(({ request }) => request.requestId);
        expect(new Set(requestIds), `${method} ${nth}`).to.have.property("size", 4);
      }
    });

  it("gives up a call that is never answered, and makes it again", async () => {
    for (const method of new Set(calls)) {
      const factory = cloud.factory(["shop"]);
      cloud.fake.inject({ fault: faults.hang(), method, project: factory.project });
      const { summary } = await enforceLifecycle(factory.connect());
      expect(summary.outcome, `${method}: ${summary.message}`).to.equal(RunOutcome.Succeeded);
      expect(factory.states(), method).to.deep.equal(ENFORCED);
    }
  });

  it("waits for an operation longer than for any answer", async () => {
    const factory = cloud.factory();
    const { project } = factory;
    cloud.fake.inject({ fault: faults.hang(), method: "globalOperations.wait", project, times: PATIENCE.attempts + 1 });
    const { summary } = await enforceLifecycle(factory.connect());
    expect(summary.outcome, summary.message).to.equal(RunOutcome.Succeeded);
    expect(factory.states()).to.deep.equal(ENFORCED);
  });

  it("waits as long as the service asks for", async () => {
    const factory = cloud.factory();
    cloud.host.waits.length = 0;
    cloud.fake.inject({ fault: faults.status(429, { retryAfterSeconds: 7 }), project: factory.project });
    await enforceLifecycle(factory.connect());
    expect(cloud.host.waits).to.deep.equal([7000]);
  });

  it("waits twice as long each time, by chance, and gives up after six", async () => {
    const factory = cloud.factory();
    cloud.host.waits.length = 0;
    cloud.fake.inject({ fault: faults.status(503), project: factory.project, times: Infinity });
    const { summary } = await enforceLifecycle(factory.connect());
    expect(cloud.host.waits).to.deep.equal([500, 1000, 2000, 4000, 8000]);
    expect(summary).to.include({ outcome: RunOutcome.Failed });
    expect(summary.message).to.include("the run failed: HTTP 503: injected 503");
    await expectCompletion(factory);
  });

  for (const method of ["images.deprecate", "images.delete"])
    for (const nth of [1, 2])
      it(`gives up one image where operation ${nth} of ${method} ends in an error, and not the run`, async () => {
        const factory = cloud.factory(["shop"]);
        cloud.fake.inject({
          fault: faults.operationError("RESOURCE_NOT_READY"),
          method,
          project: factory.project,
          nth,
        });
        const report = await enforceLifecycle(factory.connect());
        expect(report.summary).to.deep.include({ outcome: RunOutcome.Failed, actions: { done: 3, failed: 1 } });
        const row = report.actions.find(({ outcome }) => outcome === "failed");
        expect(row?.message).to.match(/^operation operation-\d+ failed: RESOURCE_NOT_READY: injected/);
        expectNothingLost(factory);
        await expectCompletion(factory);
      });

  it("gives up one image that it may not delete, and not the run", async () => {
    const factory = cloud.factory();
    cloud.fake.inject({ fault: faults.status(403), method: "images.delete", project: factory.project });
    const report = await enforceLifecycle(factory.connect());
    expect(report.summary).to.deep.include({ outcome: RunOutcome.Failed, actions: { done: 3, failed: 1 } });
    await expectCompletion(factory);
  });

  for (const pageSize of [1, 2])
    it(`begins a list anew whose page tokens expire, ${pageSize} images a page`, async () => {
      const small = await TestCloud.start(5000, { pageSize });
      const factory = small.factory(["shop"]);
      const stop = small.fake.onCall(({ method, request }) => {
        if (method !== "images.list" || !request.pageToken) return;
        stop();
        small.fake.expirePageTokens();
      });
      const { summary } = await enforceLifecycle(factory.connect());
      await small.fake.close();
      expect(summary).to.include({ outcome: RunOutcome.Succeeded, images: 5 });
      expect(factory.states()).to.deep.equal(ENFORCED);
      expect(factory.calls().filter((method) => method === "images.list")).to.have.length(2 + Math.ceil(5 / pageSize));
    });

  describe("killed", () => {
    /** Nothing that it calls from then on has an effect or an answer. */
    function killAt(factory: TestFactory, death: { call?: number; after?: boolean; object?: number }): void {
      const { bucket, project } = factory;
      const { call, after = false, object = Infinity } = death;
      let isDead = false;
      if (call !== undefined) {
        if (after) cloud.fake.inject({ fault: faults.afterEffect(faults.reset()), project, nth: call });
        cloud.fake.inject({ fault: faults.reset(), project, nth: after ? call + 1 : call, times: Infinity });
        const stop = cloud.fake.onCall((one) => {
          if (one.project !== project || --factory.callsLeft > 0) return;
          isDead = true;
          stop();
        });
        factory.callsLeft = call;
      }
      bucket.onCall = (number, when) => {
        if (number > object || (number === object && when === (after ? "after" : "before"))) isDead = true;
        if (isDead && number === object) cloud.fake.inject({ fault: faults.reset(), project, times: Infinity });
        if (isDead) throw Object.assign(new Error("killed"), { code: "EKILLED" });
      };
    }

    async function expectSurvival(factory: TestFactory, what: string): Promise<void> {
      const first = await enforceLifecycle(factory.connect());
      expect(first.errors, what).not.to.deep.equal([]);
      expectNothingLost(factory);
      cloud.fake.clearFaults();
      factory.bucket.onCall = () => undefined;
      const before = factory.calls().length;
      const second = await enforceLifecycle(factory.connect());
      const isHeld = second.summary.outcome === RunOutcome.Skipped;
      if (isHeld) expect(factory.calls().length, what).to.equal(before);
      await expectCompletion(factory);
    }

    for (const after of [false, true])
      it(`${after ? "after" : "before"} each call of Compute Engine in turn, it is completed by the next run`, async () => {
        const own = cloud.factory(["shop"]);
        await enforceLifecycle(own.connect());
        const many = own.calls().length;
        for (let call = 1; call <= many; call++) {
          const factory = cloud.factory(["shop"]);
          killAt(factory, { call, after });
          await expectSurvival(factory, `call ${call} of ${many}`);
        }
      });

    for (const after of [false, true])
      it(`${after ? "after" : "before"} each call of the bucket in turn, it is completed by the next run`, async () => {
        const own = cloud.factory(["shop"]);
        await enforceLifecycle(own.connect());
        const many = own.bucket.calls.length;
        for (let object = 1; object <= many; object++) {
          const factory = cloud.factory(["shop"]);
          killAt(factory, { object, after });
          await expectSurvival(factory, `object ${object} of ${many}`);
        }
      });
  });

  describe("and another run", () => {
    it("lets the second one end without a change", async () => {
      const factory = cloud.factory(["shop"]);
      const reports = await Promise.all([enforceLifecycle(factory.connect()), enforceLifecycle(factory.connect())]);
      const outcomes = reports.map(({ summary }) => summary.outcome).sort();
      expect(outcomes).to.deep.equal([RunOutcome.Skipped, RunOutcome.Succeeded]);
      const [skipped] = reports.filter(({ summary }) => summary.outcome === RunOutcome.Skipped);
      expect(skipped.summary.message).to.match(
        /^another run, 2026\S+, holds the lease until 2026-06-01T00:0\d:\d\d\.\d+Z$/,
      );
      expect(factory.states()).to.deep.equal(ENFORCED);
      const changes = factory.calls().filter((method) => method === "images.deprecate" || method === "images.delete");
      expect(changes).to.have.length(4);
    });

    it("leaves everything alone while the lease of another one lasts", async () => {
      const factory = cloud.factory();
      factory.bucket.put(LEASE_OBJECT, { owner: "another", until: "2026-06-01T00:05:00Z" });
      const { summary } = await enforceLifecycle(factory.connect());
      expect(summary).to.include({
        outcome: RunOutcome.Skipped,
        message: "another run, another, holds the lease until 2026-06-01T00:05:00Z",
      });
      expect(factory.calls()).to.deep.equal([]);
      await expectCompletion(factory);
    });

    it("stops where the other one took the lease over", async () => {
      const factory = cloud.factory();
      const stop = cloud.fake.onCall(({ method, project }) => {
        if (method !== "images.deprecate" || project !== factory.project) return;
        stop();
        factory.bucket.put(LEASE_OBJECT, { owner: "another", until: "2027-01-01T00:00:00Z" });
        cloud.host.time += HOUR;
      });
      const report = await enforceLifecycle(factory.connect());
      expect(report.summary).to.deep.include({ outcome: RunOutcome.Failed, actions: { done: 1, left: 3 } });
      expect(report.errors[0]).to.include("another run took lifecycle/lease.json over");
      expect(factory.bucket.json<{ owner: string }>(LEASE_OBJECT).owner).to.equal("another");
      expectNothingLost(factory);
    });

    it("renews the lease while it is at work", async () => {
      const factory = cloud.factory();
      const stop = cloud.fake.onCall(({ method, project }) => {
        if (method === "images.deprecate" && project === factory.project) cloud.host.time += 200_000;
      });
      const report = await enforceLifecycle(factory.connect());
      stop();
      expect(report.summary.outcome).to.equal(RunOutcome.Succeeded);
      const writes = factory.bucket.calls.filter((call) => call === `write ${LEASE_OBJECT}`);
      expect(writes).to.have.length(4);
    });

    for (const text of ["", "{}", "null", '{"owner":1}', '{"owner":"x","until":"soon"}'])
      it(`takes over an object that is no lease: ${JSON.stringify(text)}`, async () => {
        const factory = cloud.factory();
        factory.bucket.objects.set(LEASE_OBJECT, { text, generation: 7 });
        const { summary } = await enforceLifecycle(factory.connect());
        expect(summary.outcome).to.equal(RunOutcome.Succeeded);
      });
  });

  it("ends as failed, with what it did, where its report cannot be written", async () => {
    const factory = cloud.factory();
    factory.bucket.onCall = () => {
      if (factory.bucket.calls.at(-1)?.startsWith("write lifecycle/reports")) throw new Error("no space");
    };
    const report: LifecycleReportDocument = await enforceLifecycle(factory.connect());
    expect(report.summary).to.deep.include({ outcome: RunOutcome.Failed, actions: { done: 4 } });
    expect(report.errors).to.deep.equal(["writing the report failed: no space"]);
    expect(factory.states()).to.deep.equal(ENFORCED);
  });
});
