import { expect } from "chai";
import fc from "fast-check";
import { applied } from "../../../core/lifecycle/applied";
import { type ChangePlan } from "../../../core/lifecycle/change";
import { DEFAULT_LIFECYCLE, type LifecyclePolicy } from "../../../core/lifecycle/familyPolicy";
import { type Image } from "../../../core/lifecycle/image";
import { planRollback } from "../../../core/lifecycle/rollback";
import { planRollforward } from "../../../core/lifecycle/rollforward";
import { pointers, prefixes, someImages } from "./families";
import { daysAgo, deprecatedImage, image, link, NOW, PROJECT } from "./samples";

const POLICY: LifecyclePolicy = { ...DEFAULT_LIFECYCLE, obsoleteAfter: "30d", deleteAfter: "90d" };
const back = (images: Image[], to?: string) =>
  applied(images, planRollback({ project: PROJECT, images, family: "web", to }).actions);
const forward = (images: Image[], policy?: LifecyclePolicy) =>
  planRollforward({ project: PROJECT, images, family: "web", policy, now: NOW });
const steps = ({ actions }: ChangePlan) => actions.map(({ kind, image }) => `${kind} ${image}`);
const WEEKS = [deprecatedImage(21, 14), deprecatedImage(14, 7), image(7)];

describe("planRollforward", () => {
  it("activates what was rolled back, then deprecates the older one as the policy has it, then releases both", () => {
    const plan = forward(back(WEEKS), POLICY);
    expect(steps(plan)).to.deep.equal(["activate v7", "deprecate v14", "release v7", "release v14"]);
    expect(plan.actions[1].deprecated).to.deep.equal({
      state: "DEPRECATED",
      replacement: link("v7"),
      deprecated: daysAgo(0),
      obsolete: daysAgo(-30),
      deleted: daysAgo(-90),
    });
    expect(plan.actions[2].labels).to.deep.equal({ "kiln-hold": null });
  });

  it("gives the older one no dates without a policy", () => {
    expect(forward(back(WEEKS)).actions[1].deprecated).to.deep.equal({ state: "DEPRECATED", replacement: link("v7") });
  });

  it("leaves the older one active for as long as the policy gives it", () => {
    expect(steps(forward(back(WEEKS), { ...POLICY, deprecateAfter: "8d" }))).to.deep.equal([
      ...["activate v7", "release v7", "release v14"],
    ]);
  });

  it("undoes several rollbacks at once", () => {
    expect(steps(forward(back(back(WEEKS), "v21")))).to.deep.equal([
      ...["activate v7", "deprecate v21", "release v7", "release v21", "release v14"],
    ]);
  });

  it("leaves what was rolled back deprecated where a newer image was baked since", () => {
    expect(steps(forward([...back(WEEKS), image(1)]))).to.deep.equal(["deprecate v14", "release v7", "release v14"]);
  });

  it("has nothing to do where nothing is rolled back", () => {
    expect(forward(WEEKS)).to.deep.equal({ actions: [], problems: [], notes: ["no image of web is rolled back"] });
  });

  it("refuses an unknown family, and to activate what became obsolete since", () => {
    expect(forward([]).problems).to.deep.equal([
      'no image of the project is in the family "web"; there are no families',
    ]);
    const obsolete = back(WEEKS).map((one) =>
      one.name === "v7" ? { ...one, deprecated: { state: "OBSOLETE" } } : one,
    );
    expect(forward(obsolete)).to.deep.equal({
      actions: [],
      problems: ["v7 was made OBSOLETE after it was rolled back; kiln images release v7 leaves it so"],
      notes: [],
    });
  });

  const policies = fc.constantFrom(undefined, POLICY, { ...POLICY, deprecateAfter: "5d" });

  it("leaves no family and architecture empty after any of its steps", () => {
    fc.assert(
      fc.property(someImages, policies, (images, policy) => {
        const states = prefixes(images, forward(images, policy).actions).map(pointers);
        for (const line of states[0].keys()) for (const state of states) expect([...state.keys()]).to.include(line);
      }),
      { numRuns: 3000 },
    );
  });

  it("completes when it is run again after any of its steps", () => {
    fc.assert(
      fc.property(someImages, policies, (images, policy) => {
        const { actions } = forward(images, policy);
        const end = applied(images, actions);
        for (const state of prefixes(images, actions))
          expect(applied(state, forward(state, policy).actions)).to.deep.equal(end);
      }),
      { numRuns: 3000 },
    );
  });

  it("makes the family stand again for what it stood for before the rollback, with no hold left", () => {
    fc.assert(
      fc.property(someImages, (all) => {
        const images = all.map((one) => ({ ...one, labels: undefined }));
        const undone = applied(back(images), forward(back(images)).actions);
        expect(pointers(undone)).to.deep.equal(pointers(images));
        expect(undone.filter(({ labels = {} }) => Object.keys(labels).length > 0)).to.deep.equal([]);
      }),
      { numRuns: 3000 },
    );
  });
});
