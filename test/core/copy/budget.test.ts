import { expect } from "chai";
import fc from "fast-check";
import { foreignSpending, readRateLimit, shareOf, type Spending, spentIn, waitFor } from "../../../core/copy/budget";
import { forecast } from "../../../core/copy/forecast";

const ALLOWANCE = { manifests: 100, window: 6 * 3600_000 };

/** Spendings in the order of time. */
const spendings = fc
  .array(fc.record({ at: fc.integer({ min: 0, max: 100_000 }), manifests: fc.integer({ min: 1, max: 30 }) }), {
    maxLength: 20,
  })
  .map((all): Spending[] => all.sort((one, other) => one.at - other.at));

const allowance = fc.record({
  manifests: fc.integer({ min: 1, max: 60 }),
  window: fc.integer({ min: 1, max: 50_000 }),
});

describe("the budget of a registry that counts", () => {
  it("lets a hundred be read at once, and the next when the oldest leave the window", () => {
    expect(waitFor(100, [], ALLOWANCE, 0)).to.equal(0);
    const read = [
      { at: 0, manifests: 60 },
      { at: 1_000, manifests: 40 },
    ];
    expect(waitFor(1, read, ALLOWANCE, 5_000)).to.equal(ALLOWANCE.window - 5_000);
    expect(waitFor(61, read, ALLOWANCE, 5_000)).to.equal(ALLOWANCE.window - 4_000);
    expect(waitFor(61, read, ALLOWANCE, ALLOWANCE.window + 1_000)).to.equal(0);
  });

  it("lets what is more than all of it be read by itself", () => {
    expect(waitFor(150, [], ALLOWANCE, 0)).to.equal(0);
    expect(waitFor(150, [{ at: 0, manifests: 1 }], ALLOWANCE, 0)).to.equal(ALLOWANCE.window);
  });

  it("waits without end for a step that is under way", () => {
    expect(waitFor(50, [{ at: Infinity, manifests: 60 }], ALLOWANCE, 0)).to.equal(Infinity);
  });

  it("never lets more be read than the allowance, and waits no longer than it must", () => {
    fc.assert(
      fc.property(spendings, allowance, fc.integer({ min: 1, max: 40 }), (all, limit, manifests) => {
        const now = 100_000;
        const wait = waitFor(manifests, all, limit, now);
        const fits = (at: number) => {
          const spent = spentIn(all, limit, at);
          return spent === 0 || spent + manifests <= limit.manifests;
        };
        expect(fits(now + wait)).to.equal(true);
        if (wait > 0) expect(fits(now + wait - 1)).to.equal(false);
      }),
    );
  });

  it("is shared by tasks, each of which has at least one", () => {
    expect(shareOf(ALLOWANCE, 4).manifests).to.equal(25);
    expect(shareOf(ALLOWANCE, 1_000).manifests).to.equal(1);
  });

  it("reads what Docker Hub says, and takes in what others have read", () => {
    expect(readRateLimit("100;w=21600", "76;w=21600")).to.deep.equal({ limit: 100, remaining: 76, window: 21_600_000 });
    expect(readRateLimit("200", undefined)).to.deep.equal({ limit: 200, window: 21_600_000 });
    for (const text of [undefined, "", "many", "0;w=1", "-1", "1e3", "100;w=x"])
      expect(readRateLimit(text, "1"), text).to.equal(undefined);
    const own = [{ at: 0, manifests: 10 }];
    expect(foreignSpending(own, ALLOWANCE, 76, 1_000)).to.deep.equal({ at: 1_000, manifests: 14 });
    expect(foreignSpending(own, ALLOWANCE, 90, 1_000)).to.equal(undefined);
  });

  it("is forecast so that no window holds more than the allowance", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 30 }),
        spendings,
        allowance,
        (costs, all, limit) => {
          const waits = forecast(costs, all, limit, 100_000);
          const turns = costs.flatMap((manifests, index) =>
            manifests > 0 ? [{ at: 100_000 + waits[index], manifests }] : [],
          );
          for (const [index, { at, manifests }] of turns.entries()) {
            const spent = spentIn([...all, ...turns.slice(0, index)], limit, at);
            expect(spent === 0 || spent + manifests <= limit.manifests).to.equal(true);
            if (index > 0) expect(at).to.be.at.least(turns[index - 1].at);
          }
        },
      ),
    );
  });
});
