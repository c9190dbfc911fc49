import { join } from "node:path";
import { expect } from "chai";
import { RunOutcome } from "../../core/lifecycle/report";
import { chartOf } from "../../demo/lifecycle/chart";
import { playYear, type Week, WEEKS } from "../../demo/lifecycle/year";
import { expectGolden } from "../support/golden";

describe("a year of weekly images", () => {
  let weeks: Week[];
  before(async () => {
    weeks = await playYear();
  });
  const statesOf = (image: string) => weeks.flatMap(({ states }) => states[image] ?? []);
  const at = (week: number) => weeks[week - 1];

  it("is drawn image by image and week by week; npm run demo:lifecycle prints it", () => {
    expectGolden(chartOf(weeks), join(__dirname, "lifecycle.golden.txt"));
  });

  it("never leaves the family without an active image, nor with fewer usable ones than the policy retains", () => {
    expect(weeks).to.have.lengthOf(WEEKS);
    for (const { week, stands, states } of weeks) {
      expect(stands, `week ${week}`).to.be.a("string");
      const usable = Object.values(states).filter((state) => state === "ACTIVE" || state === "DEPRECATED");
      expect(usable.length, `week ${week}`).to.be.at.least(Math.min(4, week));
    }
  });

  it("takes an image through all states when nothing is in the way", () => {
    expect([...new Set(statesOf("web-07"))]).to.deep.equal(["ACTIVE", "DEPRECATED", "OBSOLETE"]);
    expect(at(WEEKS).states).to.not.have.property("web-07");
  });

  it("keeps what a template names usable, and deletes it when the template names another one", () => {
    for (const { week, states, pinned } of weeks)
      if (pinned !== undefined) expect(states[pinned], `week ${week}`).to.be.oneOf(["ACTIVE", "DEPRECATED"]);
    expect(at(23).states).to.have.property("web-05");
    expect(at(25).states).to.not.have.property("web-05");
  });

  it("rolls back to the image before, and undoes nothing of it until somebody releases the images", () => {
    expect([17, 18, 19, 20].map((week) => at(week).stands)).to.deep.equal(["web-17", "web-17", "web-17", "web-20"]);
    expect(at(19).states).to.include({ "web-17": "ACTIVE", "web-18": "DEPRECATED" });
    expect(at(35).states).to.not.have.any.keys("web-17", "web-18");
  });

  it("deletes nothing that may be in use where it cannot look", () => {
    const images = (week: number) => Object.keys(at(week).states);
    expect(images(31)).to.include.members(images(30));
    expect(at(31).refusals).to.include({ "web-21": "protectInUse" });
    expect(at(32).states).to.not.have.property("web-21");
  });

  it("fails the runs of a week whose policy cannot be read, and does nothing in it", () => {
    expect(at(46).outcomes).to.deep.equal([RunOutcome.Succeeded, RunOutcome.Failed]);
    expect(at(47).outcomes).to.deep.equal([RunOutcome.Failed, RunOutcome.Succeeded]);
    expect(at(47).states).to.include({ "web-46": "DEPRECATED", "web-47": "ACTIVE" });
  });
});
