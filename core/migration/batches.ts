import { HUB_LIMITS } from "../pulls/views";
import { DOCKER_HUB, readReference } from "../reference/reference";
import { MigrationMode, type PlannedImage } from "./migrationPlan";

/** Pulls that Docker Hub allows in six hours, without an account and with one. */
export const HUB_BUDGET = { anonymous: HUB_LIMITS.anonymous, account: HUB_LIMITS.free } as const;

/** How long Docker Hub counts. */
export const HUB_HOURS = 6;

/** Where a plan names no platforms: Docker's own images have about eight, most others one or two. */
const PLATFORMS_OF_AN_IMAGE = 4;

/** What of an image counts. */
type Batched = Pick<PlannedImage, "source" | "mode" | "platforms">;

/** Pulls that a copy takes of Docker Hub's budget: each manifest counts, that of the index and that of every platform. */
export function hubPulls({ source, mode, platforms }: Batched): number {
  if (mode !== MigrationMode.Copy || readReference(source).reference?.domain !== DOCKER_HUB) return 0;
  return 1 + (platforms?.length ?? PLATFORMS_OF_AN_IMAGE);
}

/** Numbers of the batches of images, in their order: each batch of Docker Hub's is within one budget. */
export function batchesOf(images: readonly Batched[], budget: number): number[] {
  let [batch, left] = [1, budget];
  return images.map((image) => {
    const pulls = hubPulls(image);
    if (pulls === 0) return 1;
    if (pulls > left && left < budget) [batch, left] = [batch + 1, budget];
    left -= pulls;
    return batch;
  });
}

/** How copying is spread over time. */
export interface Batches {
  /** Images that are copied from Docker Hub. */
  images: number;
  /** Pulls that they take. */
  pulls: number;
  batches: number;
  /** From the first batch to the last. */
  hours: number;
}

/** What the batches of a plan take. */
export function hubBatches(images: readonly PlannedImage[]): Batches {
  const counted = images.filter((image) => hubPulls(image) > 0);
  const batches = counted.reduce((most, { batch }) => Math.max(most, batch), 0);
  const pulls = counted.reduce((sum, image) => sum + hubPulls(image), 0);
  return { images: counted.length, pulls, batches, hours: Math.max(0, batches - 1) * HUB_HOURS };
}
