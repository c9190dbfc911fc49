// Plans so many projects of so many images, in a process of its own: prints milliseconds per image, and the memory at its peak.
import { LifecycleMode } from "../core/lifecycle/familyPolicy";
import { type Image, timestamp } from "../core/lifecycle/image";
import { planLifecycle } from "../core/lifecycle/plan";
import { NO_USAGE } from "../core/lifecycle/usage";
import { median, rounds, timed } from "./measure.mjs";

const DAY = 86_400_000;
const NOW = Date.parse("2026-06-01T00:00:00Z");
const IMAGES_A_FAMILY = 100;

const [projects, count, times] = process.argv.slice(2).map(Number);
const families = Array.from({ length: count / IMAGES_A_FAMILY }, (_, index) => `family-${index}`);
const policy = {
  ...{ deprecateAfter: "1d", obsoleteAfter: "30d", deleteAfter: "60d", retainAtLeast: 3, maxDeletesPerRun: 5 },
  ...{ protectInUse: true, mode: LifecycleMode.Enforce, excludeLabels: {} },
};

/** A tenth is active; the others were deprecated at some time and have the dates of the policy. */
function imageAt(index: number): Image {
  const created = NOW - ((index * 7919) % 62) * DAY;
  const image = { id: String(index), name: `image-${index}`, status: "READY", creationTimestamp: timestamp(created) };
  const family = families[index % families.length];
  if (Math.floor(index / families.length) % 10 === 0) return { ...image, family };
  const [deprecated, obsolete, deleted] = [1, 31, 61].map((days) => timestamp(created + days * DAY));
  const state = created + 30 * DAY < NOW ? "OBSOLETE" : "DEPRECATED";
  return { ...image, family, deprecated: { state, deprecated, obsolete, deleted } };
}

const imagesOf = () => Array.from({ length: count }, (_, index) => imageAt(index));
const all = Array.from({ length: projects }, imagesOf);
const policies = new Map(families.map((family) => [family, policy]));
const plans = () =>
  all.map((images) => planLifecycle({ project: "acme-images", images, policies, usage: NO_USAGE, now: NOW }));
const taken = rounds(times, () => timed(plans));
const actions = plans().reduce((sum, plan) => sum + plan.actions.length, 0);
const perImage = median(taken) / count / projects;
console.log(JSON.stringify({ perImage, peak: process.resourceUsage().maxRSS * 1024, actions }));
