import { type Image, timestamp } from "../../../core/lifecycle/image";
import { type LifecycleInputs } from "../../../core/lifecycle/plan";
import { DEFAULT_LIFECYCLE, type LifecyclePolicy } from "../../../core/lifecycle/familyPolicy";
import { NO_USAGE } from "../../../core/lifecycle/usage";

export const PROJECT = "acme-images";
export const NOW = Date.parse("2026-06-01T00:00:00Z");
export const DAY = 86_400_000;

/** An instant some days before now, or after it. */
export function daysAgo(days: number): string {
  return timestamp(NOW - days * DAY);
}

/** Self link of an image. */
export function link(name: string): string {
  return `https://www.googleapis.com/compute/v1/projects/${PROJECT}/global/images/${name}`;
}

/** A ready image of the family `web`, named `v10` where it was created 10 days ago. */
export function image(age: number, more: Partial<Image> = {}): Image {
  const name = more.name ?? `v${age}`;
  return { id: `10${age}`, name, family: "web", creationTimestamp: daysAgo(age), status: "READY", ...more };
}

/** The same, deprecated some days ago. */
export function deprecatedImage(age: number, since: number, more: Partial<Image> = {}): Image {
  return image(age, {
    deprecated: { state: "DEPRECATED", replacement: link("v1"), deprecated: daysAgo(since) },
    ...more,
  });
}

/** What the planner is given: the family `web` with a policy. */
export function inputs(
  images: readonly Image[],
  policy: Partial<LifecyclePolicy> = {},
  more: Partial<LifecycleInputs> = {},
): LifecycleInputs {
  const policies = new Map([["web", { ...DEFAULT_LIFECYCLE, retainAtLeast: 1, ...policy }]]);
  return { project: PROJECT, images, policies, usage: NO_USAGE, now: NOW, ...more };
}
