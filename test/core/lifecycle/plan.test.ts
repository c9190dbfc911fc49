import { expect } from "chai";
import { type LifecyclePlan } from "../../../core/lifecycle/action";
import { LifecycleMode, type LifecyclePolicy } from "../../../core/lifecycle/familyPolicy";
import { type Image } from "../../../core/lifecycle/image";
import { type LifecycleInputs, planLifecycle } from "../../../core/lifecycle/plan";
import { DEFAULT_PROJECT_LIFECYCLE } from "../../../core/lifecycle/projectPolicy";
import { DAY, daysAgo, deprecatedImage, image, inputs, link, NOW } from "./samples";

const WAITS = { obsoleteAfter: "30d", deleteAfter: "90d" };
const USED = { usage: { users: new Map([["v200", ["projects/acme-web/zones/z/disks/d"]]]), unread: [] } };
const HONOURED = { policies: new Map(), projectPolicy: { ...DEFAULT_PROJECT_LIFECYCLE, honourTimestamps: true } };
const byHand = (dates: object, state = "DEPRECATED") => ({ deprecated: { state, ...dates } });

/** A plan in one line each: `deprecate v10`, `delete v200 refused: protectInUse`. */
function summary({ actions, refusals }: LifecyclePlan): string[] {
  return [
    ...actions.map(({ kind, image, mode }) => `${kind} ${image}${mode === LifecycleMode.Report ? " (report)" : ""}`),
    ...refusals.map(({ wanted, image, rule }) => `${wanted ?? "?"} ${image} refused: ${rule}`),
  ];
}

interface Case {
  images: Image[];
  policy?: Partial<LifecyclePolicy>;
  more?: Partial<LifecycleInputs>;
  plan: string[];
}

const CASES: Record<string, Case> = {
  "deprecates what is superseded at once": { images: [image(9), image(1)], plan: ["deprecate v9"] },
  "counts deprecateAfter from the creation of the newer image": {
    images: [image(90), image(7), image(6)],
    policy: { deprecateAfter: "7d" },
    plan: ["deprecate v90"],
  },
  "deprecates at the very second": {
    images: [image(90), image(7)],
    policy: { deprecateAfter: "7d" },
    more: { now: NOW - 1 },
    plan: [],
  },
  "counts obsolescence from the deprecation, not the creation": {
    images: [deprecatedImage(200, 30), deprecatedImage(199, 29), image(1)],
    policy: { obsoleteAfter: "30d" },
    plan: ["deprecate v199", "obsolete v200"],
  },
  "deletes what was deprecated long enough ago, without a stop at obsolete": {
    images: [deprecatedImage(200, 90), image(1)],
    policy: WAITS,
    plan: ["delete v200"],
  },
  "never touches the newest active image, whatever its age": {
    images: [image(900)],
    policy: { ...WAITS, deprecateAfter: "0s" },
    plan: [],
  },
  "keeps the newest active image whose date of deletion somebody set": {
    images: [image(9, { deprecated: { deleted: daysAgo(1) } })],
    plan: ["delete v9 refused: newestActive"],
  },
  "lets an image created in the future supersede nothing before its time": {
    images: [image(9), image(-1)],
    plan: [],
  },
  "takes images of one second as equals: neither supersedes the other": {
    images: [image(5, { name: "a" }), image(5, { name: "b" })],
    plan: [],
  },
  "deprecates both equals after a newer one": {
    images: [image(5, { name: "b" }), image(5, { name: "a" }), image(1)],
    plan: ["deprecate a", "deprecate b"],
  },
  "is not superseded by a newer image that is PENDING": {
    images: [image(9), image(1, { status: "PENDING" })],
    plan: [],
  },
  "is not superseded by a newer image that FAILED, which stays": {
    images: [image(9), image(1, { status: "FAILED" })],
    plan: [],
  },
  "leaves an image that is being deleted alone": {
    images: [deprecatedImage(200, 100, { status: "DELETING" }), image(1)],
    policy: WAITS,
    plan: [],
  },
  "is not superseded by a newer image that is deprecated": {
    images: [image(9), deprecatedImage(1, 1)],
    plan: [],
  },
  "takes an empty `deprecated` and the state ACTIVE as active": {
    images: [image(9, { deprecated: {} }), image(8, { deprecated: { state: "ACTIVE" } }), image(1)],
    plan: ["deprecate v9", "deprecate v8"],
  },
  "leaves a state that it does not know alone": {
    images: [image(9, { deprecated: { state: "FROZEN", deleted: daysAgo(1) } }), image(1)],
    policy: WAITS,
    plan: ["? v9 refused: unknownState"],
  },
  "leaves an image without a readable age alone": {
    images: [image(9, { creationTimestamp: "" }), image(1)],
    plan: ["? v9 refused: unknownAge"],
  },
  "needs no labels on an image, such as an imported one": {
    images: [image(9, { labels: undefined }), image(1, { labels: {} })],
    plan: ["deprecate v9"],
  },
  "honours dates that gcloud set, rather than the policy's": {
    images: [
      image(200, byHand({ deleted: daysAgo(1) })),
      image(100, byHand({ obsolete: daysAgo(1), deleted: daysAgo(-30) })),
      image(90, byHand({ deleted: daysAgo(-1) })),
      image(1),
    ],
    policy: { obsoleteAfter: "1d", deleteAfter: "2d" },
    plan: ["obsolete v100", "delete v200"],
  },
  "starts the waits where somebody deprecated without a date": {
    images: [image(200, byHand({})), image(1)],
    policy: WAITS,
    plan: ["deprecate v200"],
  },
  "writes no date where the policy has none": { images: [image(200, byHand({})), image(1)], plan: [] },
  "acts on dates of images without a family, where the project's policy says so": {
    images: [image(200, { family: undefined, ...byHand({ deleted: daysAgo(1) }) })],
    more: HONOURED,
    plan: ["delete v200"],
  },
  "keeps the last usable image of a family without a policy": {
    images: [image(200, { family: "db", ...byHand({ deleted: daysAgo(1) }) })],
    more: HONOURED,
    plan: ["delete v200 refused: retainAtLeast"],
  },
  "supersedes nothing in families without a policy, and corrects nothing there": {
    images: [image(200, { family: "db", ...byHand({}) }), image(9, { family: "db" }), image(1, { family: "db" })],
    more: HONOURED,
    plan: [],
  },
  "leaves hand-set dates outside of policies alone, where nobody asked for more": {
    images: [image(200, { family: "db", ...byHand({ deleted: daysAgo(1) }) }), image(1, { family: "db" })],
    plan: [],
  },
  "leaves a family alone whose policy cannot be read, whatever the project's policy says": {
    images: [image(200, byHand({ deleted: daysAgo(1) })), image(1)],
    more: { ...HONOURED, stopped: new Set(["web"]) },
    plan: [],
  },
  "counts anew when the policy changes": {
    images: [
      deprecatedImage(200, 40, {
        deprecated: {
          state: "DEPRECATED",
          deprecated: daysAgo(40),
          obsolete: daysAgo(-50),
          deleted: daysAgo(-90),
        },
      }),
      image(1),
    ],
    policy: WAITS,
    plan: ["obsolete v200"],
  },
  "takes the dates away that the policy no longer has": {
    images: [image(200, byHand({ deprecated: daysAgo(10), obsolete: daysAgo(-20), deleted: daysAgo(-80) })), image(1)],
    plan: ["deprecate v200"],
  },
  "brings no obsolete image back when the policy grows longer": {
    images: [image(200, byHand({ deprecated: daysAgo(40), obsolete: daysAgo(10) }, "OBSOLETE")), image(1)],
    policy: { obsoleteAfter: "60d" },
    plan: ["obsolete v200"],
  },
  "deletes what Compute Engine calls DELETED when it is due": {
    images: [image(200, byHand({ deprecated: daysAgo(100) }, "DELETED")), image(1)],
    policy: WAITS,
    plan: ["delete v200"],
  },
  "touches nothing that is held": {
    images: [deprecatedImage(200, 100, { labels: { "kiln-hold": "incident-7" } }), image(1)],
    policy: WAITS,
    plan: ["delete v200 refused: kiln-hold"],
  },
  "deprecates no held image": {
    images: [image(9, { labels: { "kiln-hold": "rollback" } }), image(1)],
    plan: ["deprecate v9 refused: kiln-hold"],
  },
  "touches nothing that the policy excludes": {
    images: [deprecatedImage(200, 100, { labels: { keep: "yes" } }), image(9, { labels: { keep: "no" } }), image(1)],
    policy: { ...WAITS, excludeLabels: { keep: "yes" } },
    plan: ["deprecate v9", "delete v200 refused: excludeLabels"],
  },
  "retains enough usable images, the newest ones": {
    images: [deprecatedImage(203, 100), deprecatedImage(202, 100), deprecatedImage(201, 100), image(1)],
    policy: { ...WAITS, retainAtLeast: 3 },
    plan: [
      "deprecate v202",
      "deprecate v201",
      "delete v203",
      "delete v202 refused: retainAtLeast",
      "delete v201 refused: retainAtLeast",
    ],
  },
  "deletes obsolete images although few usable ones are left: they count for nothing": {
    images: [image(200, byHand({ deprecated: daysAgo(100) }, "OBSOLETE")), image(1)],
    policy: { ...WAITS, retainAtLeast: 3 },
    plan: ["delete v200"],
  },
  "keeps what is in use as it is": {
    images: [deprecatedImage(200, 100), image(1)],
    policy: WAITS,
    more: USED,
    plan: ["deprecate v200", "delete v200 refused: protectInUse"],
  },
  "deprecates what is in use, which harms nobody": {
    images: [image(200), image(1)],
    policy: WAITS,
    more: USED,
    plan: ["deprecate v200"],
  },
  "deletes what is in use where the policy does not protect it": {
    images: [deprecatedImage(200, 100), image(1)],
    policy: { ...WAITS, protectInUse: false },
    more: USED,
    plan: ["delete v200"],
  },
  "takes what could not be read as in use": {
    images: [deprecatedImage(200, 100), image(1)],
    policy: WAITS,
    more: { usage: { users: new Map(), unread: ["projects/acme-web: roles/compute.viewer is missing"] } },
    plan: ["deprecate v200", "delete v200 refused: protectInUse"],
  },
  "deletes the oldest first and no more than the policy allows a run; the others become obsolete": {
    images: [deprecatedImage(203, 103), deprecatedImage(202, 102), deprecatedImage(201, 101), image(1)],
    policy: { ...WAITS, maxDeletesPerRun: 1 },
    plan: [
      "obsolete v202",
      "obsolete v201",
      "delete v203",
      "delete v202 refused: maxDeletesPerRun",
      "delete v201 refused: maxDeletesPerRun",
    ],
  },
  "takes architectures as lines of their own, and none as x86": {
    images: [
      image(9, { name: "arm-old", architecture: "ARM64" }),
      image(8, { name: "arm-new", architecture: "ARM64" }),
      image(7, { name: "bare" }),
      image(6, { name: "unspecified", architecture: "ARCHITECTURE_UNSPECIFIED" }),
      image(5, { name: "x86", architecture: "X86_64" }),
    ],
    plan: ["deprecate arm-old", "deprecate bare", "deprecate unspecified"],
  },
  "counts deletions of all architectures together": {
    images: [
      deprecatedImage(201, 100, { architecture: "ARM64" }),
      deprecatedImage(200, 100),
      image(2, { architecture: "ARM64" }),
      image(1),
    ],
    policy: { deleteAfter: "90d", maxDeletesPerRun: 1 },
    plan: ["deprecate v200", "delete v201", "delete v200 refused: maxDeletesPerRun"],
  },
  "only says what it would do in report mode": {
    images: [deprecatedImage(200, 100), image(9), image(1)],
    policy: { ...WAITS, mode: LifecycleMode.Report },
    plan: ["deprecate v9 (report)", "delete v200 (report)"],
  },
  "clears a replacement that an active image still names": {
    images: [image(9, { deprecated: { state: "ACTIVE", replacement: link("v1") } })],
    plan: ["clear v9"],
  },
  "activates nothing in a family that people emptied": {
    images: [deprecatedImage(9, 5), deprecatedImage(8, 5)],
    plan: [],
  },
};

describe("planLifecycle", () => {
  for (const [title, { images, policy, more, plan }] of Object.entries(CASES))
    it(title, () => {
      expect(summary(planLifecycle(inputs(images, policy, more)))).to.deep.equal(plan);
    });

  it("plans for a family of any size", () => {
    const readable = Array.from({ length: 150_000 }, (_, at) => image(9, { name: `a${at}` }));
    const ageless = readable.map(({ name }) => image(9, { name: `b${name}`, creationTimestamp: "" }));
    const { actions, refusals } = planLifecycle(inputs([...readable, ...ageless, image(1)], WAITS));
    expect([actions.length, refusals.length]).to.deep.equal([150_000, 150_000]);
  });

  it("writes the replacement and all three dates", () => {
    expect(planLifecycle(inputs([image(9), image(4), image(1)], WAITS)).actions[0]).to.deep.equal({
      kind: "deprecate",
      image: "v9",
      family: "web",
      architecture: "X86_64",
      mode: "Enforce",
      deprecated: {
        state: "DEPRECATED",
        replacement: link("v1"),
        deprecated: daysAgo(0),
        obsolete: daysAgo(-30),
        deleted: daysAgo(-90),
      },
      reason: "superseded by v1",
    });
  });

  it("keeps a replacement that somebody wrote", () => {
    const [action] = planLifecycle(
      inputs([image(200, byHand({ replacement: link("other"), deprecated: daysAgo(40) })), image(1)], WAITS),
    ).actions;
    expect(action.deprecated).to.deep.equal({
      state: "OBSOLETE",
      replacement: link("other"),
      deprecated: daysAgo(40),
      obsolete: daysAgo(10),
      deleted: daysAgo(-50),
    });
  });

  it("says of a refusal what is in the way", () => {
    const reasons = (more: Partial<LifecycleInputs>) =>
      planLifecycle(inputs([deprecatedImage(200, 100), image(1)], WAITS, more)).refusals.map(({ reason }) => reason);
    expect(reasons(USED)).to.deep.equal(["used by projects/acme-web/zones/z/disks/d"]);
    expect(reasons({ usage: { users: new Map(), unread: ["projects/acme-db: no access"] } })).to.deep.equal([
      "perhaps used where nobody could look: projects/acme-db: no access",
    ]);
  });

  it("takes the image from deprecated to deleted at the days that it wrote", () => {
    const days = [0, 29, 30, 89, 90].map((day) =>
      summary(planLifecycle(inputs([deprecatedImage(9, 0), image(1)], WAITS, { now: NOW + day * DAY }))),
    );
    expect(days).to.deep.equal([["deprecate v9"], ["deprecate v9"], ["obsolete v9"], ["obsolete v9"], ["delete v9"]]);
  });
});
