import { expect } from "chai";
import { LifecycleMode, type LifecyclePolicy } from "../../../core/lifecycle/familyPolicy";
import { forecastOf } from "../../../core/lifecycle/forecast";
import { type Image } from "../../../core/lifecycle/image";
import { type LifecycleInputs } from "../../../core/lifecycle/plan";
import { daysAgo, deprecatedImage, image, inputs } from "./samples";

const WAITS = { obsoleteAfter: "30d", deleteAfter: "90d" };
const USED = { usage: { users: new Map([["v9", ["projects/acme-web/zones/z/disks/d"]]]), unread: [] } };
const inUse = { rule: "protectInUse", reason: "used by projects/acme-web/zones/z/disks/d" };

interface Case {
  images: Image[];
  policy?: Partial<LifecyclePolicy>;
  more?: Partial<LifecycleInputs>;
  steps: object[];
  end: string;
}

const CASES: Record<string, Case> = {
  "tells all that is to come": {
    images: [image(9), image(1)],
    policy: WAITS,
    steps: [
      { at: daysAgo(0), kind: "deprecate" },
      { at: daysAgo(-30), kind: "obsolete" },
      { at: daysAgo(-90), kind: "delete" },
    ],
    end: "it is gone then",
  },
  "waits for the policy to deprecate": {
    images: [image(9), image(1)],
    policy: { deprecateAfter: "7d" },
    steps: [{ at: daysAgo(-6), kind: "deprecate" }],
    end: "the policy deletes nothing: it has no deleteAfter",
  },
  "waits for an image that is created in the future": {
    images: [image(9), image(-2)],
    steps: [{ at: daysAgo(-2), kind: "deprecate" }],
    end: "the policy deletes nothing: it has no deleteAfter",
  },
  "says what is in the way now": {
    images: [deprecatedImage(9, 100), image(1)],
    policy: WAITS,
    more: USED,
    steps: [
      { at: daysAgo(0), kind: "deprecate" },
      { at: daysAgo(0), kind: "delete", refusal: inUse },
    ],
    end: "nothing more happens while this is in the way",
  },
  "says what will be in the way": {
    images: [image(9), image(1)],
    policy: WAITS,
    more: USED,
    steps: [
      { at: daysAgo(0), kind: "deprecate" },
      { at: daysAgo(-30), kind: "obsolete", refusal: inUse },
    ],
    end: "nothing more happens while this is in the way",
  },
  "looks ahead in report mode too": {
    images: [image(9), image(1)],
    policy: { deleteAfter: "90d", mode: LifecycleMode.Report },
    steps: [
      { at: daysAgo(0), kind: "deprecate" },
      { at: daysAgo(-90), kind: "delete" },
    ],
    end: "it is gone then",
  },
  "has nothing to say of the newest": {
    images: [image(9), image(1, { architecture: "ARM64" })],
    policy: WAITS,
    steps: [],
    end: "no active image of its family is newer",
  },
  "says that nobody acts on it": {
    images: [image(9)],
    more: { policies: new Map() },
    steps: [],
    end: "web has no policy, and the project's policy does not honour dates set by hand: nobody acts on it",
  },
  "says that its policy cannot be read": {
    images: [image(9)],
    more: { stopped: new Set(["web"]) },
    steps: [],
    end: "the policy of web cannot be read: nobody acts on its images",
  },
  "says that it is not ready": {
    images: [image(9, { status: "FAILED" })],
    steps: [],
    end: "it is FAILED: nobody acts on it",
  },
};

describe("forecastOf", () => {
  for (const [title, { images, policy, more, steps, end }] of Object.entries(CASES))
    it(title, () => {
      expect(forecastOf(inputs(images, policy, more), "v9")).to.deep.equal({ steps, end });
    });

  it("needs the image", () => {
    expect(() => forecastOf(inputs([]), "v9")).to.throw(RangeError, "no image v9");
  });
});
