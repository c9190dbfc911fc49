import { expect } from "chai";
import fc from "fast-check";
import { type ChangePlan } from "../../../core/lifecycle/change";
import { applied } from "../../../core/lifecycle/applied";
import { type Image } from "../../../core/lifecycle/image";
import { planLifecycle } from "../../../core/lifecycle/plan";
import { planRollback } from "../../../core/lifecycle/rollback";
import { pointers, prefixes, someImages } from "./families";
import { deprecatedImage, image, inputs, link, PROJECT } from "./samples";

const HELD = { labels: { "kiln-hold": "incident-7" } };
const rollback = (images: Image[], to?: string) => planRollback({ project: PROJECT, images, family: "web", to });
const steps = ({ actions }: ChangePlan) => actions.map(({ kind, image }) => `${kind} ${image}`);
const WEEKS = [deprecatedImage(21, 14), deprecatedImage(14, 7), image(7)];

describe("planRollback", () => {
  it("holds both, activates the older image, then deprecates the newer one in its favour", () => {
    const plan = rollback(WEEKS);
    expect(steps(plan)).to.deep.equal(["hold v14", "hold v7", "activate v14", "deprecate v7"]);
    expect(plan.actions.map(({ labels, deprecated }) => labels ?? deprecated)).to.deep.equal([
      { "kiln-hold": "rollback" },
      { "kiln-hold": "rolled-back" },
      {},
      { state: "DEPRECATED", replacement: link("v14") },
    ]);
  });

  it("deprecates all that are newer, the oldest first, so that the family moves once", () => {
    const plan = rollback([deprecatedImage(9, 5), image(3), image(2), image(1)], "v9");
    expect(steps(plan).slice(-4)).to.deep.equal(["activate v9", "deprecate v3", "deprecate v2", "deprecate v1"]);
  });

  it("rolls back every architecture, or that of the image that was named", () => {
    const arm = { architecture: "ARM64" };
    const images = [...WEEKS, deprecatedImage(15, 8, arm), image(8, arm)];
    expect(steps(rollback(images))).to.deep.equal([
      ...["hold v15", "hold v8", "hold v14", "hold v7"],
      ...["activate v15", "activate v14", "deprecate v8", "deprecate v7"],
    ]);
    expect(steps(rollback(images, "v15"))).to.deep.equal(["hold v15", "hold v8", "activate v15", "deprecate v8"]);
  });

  it("has nothing to do once it is done, and does not go further back by itself", () => {
    const once = applied(WEEKS, rollback(WEEKS).actions);
    expect(rollback(once)).to.deep.equal({ actions: [], problems: [], notes: ["web stands for v14 already"] });
    expect(steps(rollback(once, "v21"))).to.deep.equal(["hold v21", "activate v21", "deprecate v14"]);
  });

  it("goes to no image that was rolled back before", () => {
    const once = [...applied(WEEKS, rollback(WEEKS).actions), image(1)];
    expect(steps(rollback(once))).to.deep.equal(["hold v1", "deprecate v1"]);
    expect(rollback(once, "v7").problems).to.deep.equal([
      "v7 was rolled back itself; kiln images rollforward web makes it active again",
    ]);
  });

  it("is left alone by the lifecycle controller", () => {
    const policy = { obsoleteAfter: "1d", deleteAfter: "2d" };
    const before = [deprecatedImage(8, 0), image(7)];
    for (const images of prefixes(before, rollback(before).actions).slice(1)) {
      const { actions } = planLifecycle(inputs(images, policy));
      expect(actions.filter(({ image }) => image === "v8")).to.deep.equal([]);
    }
    expect(planLifecycle(inputs(applied(before, rollback(before).actions), policy)).actions).to.deep.equal([]);
  });

  const obsolete = image(14, { deprecated: { state: "OBSOLETE" } });
  it("goes to an obsolete image only where somebody names it", () => {
    expect(steps(rollback([obsolete, image(7)], "v14")).slice(-2)).to.deep.equal(["activate v14", "deprecate v7"]);
    expect(rollback([obsolete, image(7)]).problems).to.deep.equal([
      "web: no usable image is older than v7; name one with --to, which may be obsolete, or bake an image",
    ]);
  });

  it("brings a family back that is empty, to the image that somebody names", () => {
    const empty = [deprecatedImage(14, 7), deprecatedImage(7, 1)];
    expect(rollback(empty).problems).to.deep.equal([
      "web: none of its images is active; name the one that shall be, with --to",
    ]);
    expect(steps(rollback(empty, "v14"))).to.deep.equal(["hold v14", "activate v14"]);
  });

  const problems: Record<string, [Image[], string | undefined, string[]]> = {
    "an unknown family": [
      [image(1, { family: "db" })],
      undefined,
      ['no image of the project is in the family "web"; its families: db'],
    ],
    "an unknown image": [WEEKS, "v8", ['the family web has no image "v8"; its images: v14, v21, v7']],
    "an image of another family": [
      [...WEEKS, image(30, { family: "db" })],
      "v30",
      ['the family web has no image "v30"; its images: v14, v21, v7'],
    ],
    "an image that is not ready": [
      [image(14, { status: "FAILED" }), image(7)],
      "v14",
      ["v14 must be READY, got FAILED; choose another image"],
    ],
    "an unknown state": [
      [image(14, { deprecated: { state: "FROZEN" } }), image(7)],
      "v14",
      ['v14 has the state "FROZEN", which Kiln does not know'],
    ],
    "a newer image": [
      [image(14), deprecatedImage(7, 1)],
      "v7",
      ["v7 must be older than v14, which web stands for; choose another"],
    ],
    "holds of others, all of them": [
      [deprecatedImage(14, 7, HELD), image(7, HELD)],
      undefined,
      [14, 7].map((age) => `v${age} is held: kiln-hold=incident-7; kiln images release v${age} takes the hold away`),
    ],
    "every architecture that has nothing older": [
      [image(7), image(8, { architecture: "ARM64" })],
      undefined,
      [
        "web (ARM64): no usable image is older than v8; name one with --to, which may be obsolete, or bake an image",
        "web (X86_64): no usable image is older than v7; name one with --to, which may be obsolete, or bake an image",
      ],
    ],
  };
  for (const [title, [images, to, expected]] of Object.entries(problems))
    it(`refuses ${title}`, () => {
      expect(rollback(images, to)).to.deep.equal({ actions: [], problems: expected, notes: [] });
    });

  const any = fc.tuple(someImages, fc.option(fc.constantFrom("i0", "i1", "i2", "i3"), { nil: undefined }));

  it("leaves no family and architecture empty after any of its steps, and goes from one image to the other at once", () => {
    fc.assert(
      fc.property(any, ([images, to]) => {
        const states = prefixes(images, rollback(images, to).actions).map(pointers);
        const [first, last] = [states[0], states[states.length - 1]];
        for (const state of states)
          for (const line of first.keys())
            expect([...(first.get(line) ?? []), ...(last.get(line) ?? [])]).to.include.members(state.get(line) ?? [""]);
      }),
      { numRuns: 3000 },
    );
  });

  it("completes when it is run again after any of its steps, and then is done", () => {
    fc.assert(
      fc.property(any, ([images, to]) => {
        const plan = rollback(images, to);
        const end = applied(images, plan.actions);
        for (const state of prefixes(images, plan.actions))
          expect(applied(state, rollback(state, to).actions)).to.deep.equal(end);
        expect(plan.problems.length > 0 || rollback(end, to).actions.length === 0).to.equal(true);
      }),
      { numRuns: 3000 },
    );
  });
});
