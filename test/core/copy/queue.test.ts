import { expect } from "chai";
import fc from "fast-check";
import { nextTurn, type QueueState, type Waiting } from "../../../core/copy/queue";

const IDLE: QueueState = { now: 1_000, atWork: [], pauses: new Map(), sent: new Map(), budgetWait: () => 0 };

const waiting = (source: string, more: Partial<Waiting> = {}): Waiting => ({
  ...{ source, registry: "ghcr.io", destination: "pkg.dev", repository: source, manifests: 0, notBefore: 0 },
  ...more,
});

const anyWaiting = fc.record({
  source: fc.uuid(),
  registry: fc.constantFrom("docker.io", "ghcr.io"),
  destination: fc.constantFrom("pkg.dev", "gcr.io"),
  repository: fc.constantFrom("a", "b"),
  parts: fc.option(
    fc.uniqueArray(fc.constantFrom("1", "2", "3")).map((all) => new Set(all)),
    { nil: undefined },
  ),
  manifests: fc.integer({ min: 0, max: 5 }),
  notBefore: fc.integer({ min: 0, max: 3_000 }),
});

describe("whose turn it is", () => {
  it("is the first one's whom nothing keeps", () => {
    expect(nextTurn([], IDLE)).to.deep.equal({});
    expect(nextTurn([waiting("a"), waiting("b")], IDLE)).to.deep.equal({ index: 0 });
    expect(nextTurn([waiting("a", { notBefore: 2_000 }), waiting("b")], IDLE)).to.deep.equal({ index: 1 });
    expect(nextTurn([waiting("a", { notBefore: 2_000 })], IDLE)).to.deep.equal({ until: 2_000 });
  });

  it("is nobody's whose registry wants to be left alone, at either end", () => {
    const queue = [waiting("a"), waiting("b", { registry: "quay.io", destination: "gcr.io" })];
    expect(nextTurn(queue, { ...IDLE, pauses: new Map([["ghcr.io", 5_000]]) })).to.deep.equal({ index: 1 });
    expect(nextTurn(queue, { ...IDLE, pauses: new Map([["pkg.dev", 5_000]]) })).to.deep.equal({ index: 1 });
    expect(nextTurn(queue.slice(0, 1), { ...IDLE, pauses: new Map([["pkg.dev", 5_000]]) })).to.deep.equal({
      until: 5_000,
    });
  });

  it("goes in order where a registry counts, and to others meanwhile", () => {
    const hub = { registry: "docker.io" };
    const queue = [
      waiting("large", { ...hub, manifests: 9 }),
      waiting("small", { ...hub, manifests: 1 }),
      waiting("other"),
    ];
    const state = { ...IDLE, budgetWait: (_: string, manifests: number) => (manifests > 5 ? 700 : 0) };
    expect(nextTurn(queue, state)).to.deep.equal({ index: 2 });
    expect(nextTurn(queue.slice(0, 2), state)).to.deep.equal({ until: 1_700, budgetOf: "docker.io" });
  });

  it("is not given to two that send the same layer to one repository, unless it is there", () => {
    const [one, other] = ["1", "2"].map((own) => waiting(own, { repository: "app", parts: new Set(["base", own]) }));
    expect(nextTurn([one], { ...IDLE, atWork: [other] })).to.deep.equal({});
    expect(nextTurn([one], { ...IDLE, atWork: [other], sent: new Map([["app", new Set(["base"])]]) })).to.deep.equal({
      index: 0,
    });
    expect(nextTurn([{ ...one, repository: "lib" }], { ...IDLE, atWork: [other] })).to.deep.equal({ index: 0 });
    expect(nextTurn([{ ...one, parts: undefined }], { ...IDLE, atWork: [other] })).to.deep.equal({});
  });

  it("comes for all: with nothing under way somebody's turn is now or at a time", () => {
    fc.assert(
      fc.property(
        fc.array(anyWaiting, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: 900 }),
        (queue, wait) => {
          const turn = nextTurn(queue, { ...IDLE, budgetWait: (registry) => (registry === "docker.io" ? wait : 0) });
          expect(turn.index ?? turn.until).to.be.a("number");
          if (turn.until !== undefined) expect(turn.until).to.be.greaterThan(IDLE.now);
        },
      ),
    );
  });
});
