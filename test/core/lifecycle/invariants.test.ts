import { expect } from "chai";
import fc from "fast-check";
import { LifecycleMode, type LifecyclePolicy } from "../../../core/lifecycle/familyPolicy";
import { architectureOf, type Image, instant, isActive, isUsable, timestamp } from "../../../core/lifecycle/image";
import { type Action, ActionKind, RefusalRule } from "../../../core/lifecycle/action";
import { type LifecycleInputs, planLifecycle } from "../../../core/lifecycle/plan";
import { DEFAULT_PROJECT_LIFECYCLE } from "../../../core/lifecycle/projectPolicy";
import { applied } from "../../../core/lifecycle/applied";

const NOW = Date.parse("2026-06-01T00:00:00Z");
const DAY = 86_400_000;

const duration = fc.constantFrom("0s", "1s", "12h", "1d", "7d", "30d");
const policy: fc.Arbitrary<LifecyclePolicy> = fc.record(
  {
    deprecateAfter: duration,
    obsoleteAfter: duration,
    deleteAfter: duration,
    retainAtLeast: fc.integer({ min: 1, max: 4 }),
    protectInUse: fc.boolean(),
    maxDeletesPerRun: fc.integer({ min: 1, max: 3 }),
    mode: fc.constant(LifecycleMode.Enforce),
    excludeLabels: fc.constantFrom<Record<string, string>>({}, { keep: "yes" }),
  },
  { requiredKeys: ["deprecateAfter", "retainAtLeast", "protectInUse", "maxDeletesPerRun", "mode", "excludeLabels"] },
);
/** Few instants, so that many are equal, some of them after now. */
const date = fc.integer({ min: -40, max: 3 }).map((days) => timestamp(NOW + days * DAY));
const text = fc.oneof({ weight: 9, arbitrary: date }, { weight: 1, arbitrary: fc.constantFrom("", "soon") });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const image = fc.record({
  family: maybe(fc.constantFrom("web", "db", "unruled", "stopped")),
  architecture: maybe(fc.constantFrom("X86_64", "ARM64", "ARCHITECTURE_UNSPECIFIED")),
  creationTimestamp: text,
  status: fc.constantFrom("READY", "READY", "READY", "READY", "PENDING", "FAILED", "DELETING"),
  labels: maybe(fc.constantFrom({}, { "kiln-hold": "incident" }, { keep: "yes" }, { keep: "no" })),
  deprecated: maybe(
    fc.record({
      state: maybe(fc.constantFrom("ACTIVE", "DEPRECATED", "DEPRECATED", "OBSOLETE", "DELETED", "FROZEN", "")),
      replacement: maybe(
        fc.constantFrom("i1", "i2", "absent").map((name) => `projects/p-images/global/images/${name}`),
      ),
      deprecated: maybe(text),
      obsolete: maybe(text),
      deleted: maybe(text),
    }),
  ),
});
const images: fc.Arbitrary<Image[]> = fc
  .array(image, { maxLength: 14 })
  .map((all) => all.map((one, index) => ({ ...one, id: String(index + 1), name: `i${index}` }) as Image));
const inputs: fc.Arbitrary<LifecycleInputs> = fc.record({
  project: fc.constant("p-images"),
  images,
  policies: fc.record({ web: policy, db: policy }).map((all) => new Map(Object.entries(all))),
  stopped: fc.constant(new Set(["stopped"])),
  projectPolicy: maybe(
    fc
      .record({ honourTimestamps: fc.boolean(), protectInUse: fc.boolean() })
      .map((some) => ({ ...DEFAULT_PROJECT_LIFECYCLE, ...some })),
  ),
  usage: fc.record({
    users: fc
      .uniqueArray(fc.constantFrom("i0", "i1", "i2", "i3"))
      .map((names) => new Map(names.map((name) => [name, ["disk"]]))),
    unread: fc.constantFrom([], [], ["project q"]),
  }),
  now: fc.integer({ min: 0, max: DAY }).map((more) => NOW + more),
});

/** Checks something for thousands of sets of images. */
function always(check: (inputs: LifecycleInputs) => void): void {
  fc.assert(fc.property(inputs, check), { numRuns: 3000 });
}

const lineOf = (one: Image) => `${one.family ?? ""}/${architectureOf(one)}`;
const rulesFor = ({ policies, projectPolicy }: LifecycleInputs, { family = "" }: Image) =>
  policies.get(family) ?? projectPolicy;

describe("a lifecycle plan", () => {
  it("leaves every family and architecture that had an active image with its newest one", () => {
    always((given) => {
      const after = new Map(applied(given.images, planLifecycle(given).actions).map((one) => [one.name, one]));
      const newest = new Map<string, Image>();
      for (const one of given.images) {
        const created = instant(one.creationTimestamp);
        if (!one.family || !isActive(one) || created === undefined) continue;
        const best = newest.get(lineOf(one));
        if (!best || created > (instant(best.creationTimestamp) as number)) newest.set(lineOf(one), one);
      }
      for (const { name } of newest.values())
        expect(after.get(name), name).to.satisfy((one?: Image) => one && isActive(one));
    });
  });

  it("takes no usable image where no more are left than the policy retains", () => {
    always((given) => {
      const after = applied(given.images, planLifecycle(given).actions);
      const usable = (all: readonly Image[], line: string) =>
        all.filter((one) => isUsable(one) && lineOf(one) === line && instant(one.creationTimestamp) !== undefined)
          .length;
      for (const line of new Set(given.images.map(lineOf))) {
        const retained = given.policies.get(line.split("/")[0])?.retainAtLeast ?? 0;
        const before = usable(given.images, line);
        expect(usable(after, line)).to.be.at.least(Math.min(before, retained));
      }
    });
  });

  it("neither makes obsolete nor deletes what is in use or may be", () => {
    always((given) => {
      const { users, unread } = given.usage;
      const byName = new Map(given.images.map((one) => [one.name, one]));
      for (const { kind, image } of planLifecycle(given).actions) {
        const before = byName.get(image) as Image;
        if (!rulesFor(given, before)?.protectInUse || !(unread.length > 0 || users.has(image))) continue;
        expect(kind).to.not.equal(ActionKind.Delete);
        if (kind === ActionKind.Obsolete) expect(isUsable(before)).to.equal(false);
      }
    });
  });

  it("deletes no more than the policies allow a run", () => {
    always((given) => {
      const counts = new Map<string, number>();
      for (const { kind, family = "" } of planLifecycle(given).actions)
        if (kind === ActionKind.Delete) {
          const policy = given.policies.has(family) ? family : "";
          counts.set(policy, (counts.get(policy) ?? 0) + 1);
        }
      for (const [policy, count] of counts)
        expect(count).to.be.at.most((given.policies.get(policy) ?? DEFAULT_PROJECT_LIFECYCLE).maxDeletesPerRun);
    });
  });

  it("touches nothing that is held, excluded, not ready, of unknown state or age, or without a policy that can be read", () => {
    always((given) => {
      const touched = new Set(planLifecycle(given).actions.map(({ image }) => image));
      for (const one of given.images) {
        const rules = rulesFor(given, one);
        const isKept = one.labels?.keep === "yes" && given.policies.get(one.family ?? "")?.excludeLabels.keep === "yes";
        const isUnruled =
          one.family === "stopped" || !rules || ("honourTimestamps" in rules && !rules.honourTimestamps);
        if (
          isKept ||
          isUnruled ||
          one.labels?.["kiln-hold"] ||
          one.status !== "READY" ||
          one.deprecated?.state === "FROZEN" ||
          instant(one.creationTimestamp) === undefined
        )
          expect(touched.has(one.name), one.name).to.equal(false);
      }
    });
  });

  it("is empty after it was carried out, but for deletions that were put off", () => {
    always((given) => {
      const first = planLifecycle(given);
      const putOff = new Set(
        first.refusals.flatMap(({ rule, image }) => (rule === RefusalRule.MaxDeletesPerRun ? [image] : [])),
      );
      const again = planLifecycle({ ...given, images: applied(given.images, first.actions) });
      expect(
        again.actions.filter(({ image, kind }) => !(kind === ActionKind.Delete && putOff.has(image))),
      ).to.deep.equal([]);
    });
  });

  it("activates before it deprecates, deprecates before it makes obsolete, and deletes last; each image once", () => {
    const order = Object.values(ActionKind);
    always((given) => {
      const { actions } = planLifecycle(given);
      const steps = actions.map(({ kind }) => order.indexOf(kind));
      expect(steps).to.deep.equal([...steps].sort((a, b) => a - b));
      expect(new Set(actions.map(({ image }) => image)).size).to.equal(actions.length);
    });
  });

  it("only goes on as time passes", () => {
    const stage = ({ kind }: Action) => ["deprecate", "obsolete", "delete"].indexOf(kind);
    fc.assert(
      fc.property(inputs, fc.integer({ min: 0, max: 40 }), (given, days) => {
        const unlimited = new Map(
          [...given.policies].map(([family, one]) => [family, { ...one, maxDeletesPerRun: 1000 }]),
        );
        const at = (now: number) => planLifecycle({ ...given, policies: unlimited, now });
        const [first, later] = [at(given.now), at(given.now + days * DAY)];
        const reached = new Map(later.actions.map((one) => [one.image, stage(one)]));
        const refused = new Set(later.refusals.map(({ image }) => image));
        for (const one of first.actions)
          if (stage(one) >= 0 && !refused.has(one.image))
            expect(reached.get(one.image) ?? -1, one.image).to.be.at.least(stage(one));
      }),
      { numRuns: 3000 },
    );
  });

  it("does not depend on the order of the images", () => {
    fc.assert(
      fc.property(
        inputs.chain((given) =>
          fc.tuple(fc.constant(given), fc.shuffledSubarray([...given.images], { minLength: given.images.length })),
        ),
        ([given, shuffled]) => {
          expect(planLifecycle({ ...given, images: shuffled })).to.deep.equal(planLifecycle(given));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
