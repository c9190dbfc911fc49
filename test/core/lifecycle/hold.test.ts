import { expect } from "chai";
import { planHold, planRelease } from "../../../core/lifecycle/hold";
import { image } from "./samples";

const held = image(1, { labels: { "kiln-hold": "audit" } });

describe("planHold", () => {
  it("sets the label", () => {
    expect(planHold([image(1)], "v1", "audit").actions.map(({ kind, labels }) => ({ kind, labels }))).to.deep.equal([
      { kind: "hold", labels: { "kiln-hold": "audit" } },
    ]);
  });

  it("has nothing to do twice", () => {
    expect(planHold([held], "v1", "audit")).to.deep.equal({
      actions: [],
      problems: [],
      notes: ["v1 is held already: kiln-hold=audit"],
    });
  });

  it("refuses what is wrong, all at once", () => {
    expect(planHold([held], "v2", "Audit 7").problems).to.deep.equal([
      '--reason must be 1 to 63 lower-case letters, digits, hyphens and underscores, since it becomes a label, got "Audit 7"',
      'the project has no image "v2"; its images: v1',
    ]);
    expect(planHold([held], "v1", "rollback").problems).to.deep.equal([
      "--reason rollback is for kiln images rollback; choose another",
      "v1 is held already: kiln-hold=audit; kiln images release v1 takes that away",
    ]);
  });
});

describe("planRelease", () => {
  it("takes the label away, once", () => {
    expect(planRelease([held], "v1").actions[0].labels).to.deep.equal({ "kiln-hold": null });
    expect(planRelease([image(1)], "v1").notes).to.deep.equal(["v1 is not held"]);
    expect(planRelease([], "v1").problems).to.deep.equal(['the project has no image "v1"; there are no images']);
  });
});
