import { seconds } from "../durations";
import { type ActionKind, type Refusal } from "./action";
import { applied } from "./applied";
import { createdAt } from "./change";
import { LifecycleMode } from "./familyPolicy";
import { architectureOf, type Image, instant, isActive, timestamp } from "./image";
import { type LifecycleInputs, planLifecycle } from "./plan";

/** What happens to an image if nobody does anything, and no newer image comes. */
export interface Forecast {
  /** In their order; the last one may be refused. */
  steps: ForecastStep[];
  /** Why nothing more happens. */
  end: string;
}

/** One change of an image. */
export interface ForecastStep {
  /** RFC 3339; the lifecycle controller acts at its first run after that. */
  at: string;
  kind?: ActionKind;
  /** What is in its way, as things are now. */
  refusal?: Pick<Refusal, "rule" | "reason">;
}

/** An image goes through fewer stages. */
const MOST_STEPS = 8;

/**
 * Looks ahead with the very planner that the lifecycle controller runs.
 *
 * @throws RangeError where the image is not among the images.
 */
export function forecastOf(inputs: LifecycleInputs, name: string): Forecast {
  const image = inputs.images.find((one) => one.name === name);
  if (!image) throw new RangeError(`no image ${name}`);
  const ungoverned = ungovernedReason(inputs, image);
  if (ungoverned !== undefined) return { steps: [], end: ungoverned };
  const steps: ForecastStep[] = [];
  let images: readonly Image[] = inputs.images.filter(({ family = "" }) => family === (image.family ?? ""));
  for (let now: number | undefined = inputs.now; now !== undefined && steps.length < MOST_STEPS;) {
    const { actions, refusals } = planLifecycle({ ...inputs, images, now });
    const refusal = refusals.find((one) => one.image === name);
    const action = actions.find((one) => one.image === name);
    const at = timestamp(now);
    if (action) steps.push({ at, kind: action.kind });
    if (refusal) {
      const { wanted, rule, reason } = refusal;
      steps.push({ at, ...(wanted ? { kind: wanted } : {}), refusal: { rule, reason } });
      return { steps, end: "nothing more happens while this is in the way" };
    }
    images = applied(
      images,
      actions.map((one) => ({ ...one, mode: LifecycleMode.Enforce })),
    );
    const after = images.find((one) => one.name === name);
    if (!after) return { steps, end: "it is gone then" };
    const next = nextInstant(inputs, images, after, now);
    if (next === undefined) return { steps, end: endReason(inputs, images, after) };
    now = next;
  }
  return { steps, end: "it goes on" };
}

function ungovernedReason({ policies, stopped, projectPolicy }: LifecycleInputs, image: Image): string | undefined {
  const { family = "", status } = image;
  if (status !== "READY") return `it is ${status}: nobody acts on it`;
  if (stopped?.has(family)) return `the policy of ${family} cannot be read: nobody acts on its images`;
  if (policies.has(family) || projectPolicy?.honourTimestamps) return undefined;
  const place = family === "" ? "it is in no family" : `${family} has no policy`;
  return `${place}, and the project's policy does not honour dates set by hand: nobody acts on it`;
}

/** When something of the image becomes due. */
function nextInstant({ policies }: LifecycleInputs, images: readonly Image[], image: Image, now: number) {
  const { deprecated, obsolete, deleted } = image.deprecated ?? {};
  const wait = policies.get(image.family ?? "")?.deprecateAfter;
  const successors = isActive(image) ? newerActives(images, image) : [];
  const superseded = wait === undefined ? [] : successors.map((one) => createdAt(one) + seconds(wait) * 1000);
  const dates = [deprecated, obsolete, deleted].flatMap((date) => instant(date) ?? []);
  const later = [...superseded, ...dates].filter((at) => at > now);
  return later.length > 0 ? later.reduce((a, b) => Math.min(a, b)) : undefined;
}

function endReason({ policies }: LifecycleInputs, images: readonly Image[], image: Image): string {
  const policy = policies.get(image.family ?? "");
  if (isActive(image) && newerActives(images, image).length === 0) return "no active image of its family is newer";
  if (policy && policy.deleteAfter === undefined) return "the policy deletes nothing: it has no deleteAfter";
  return "it has no date that is still to come";
}

/** Of the image's own family, what it is or will be superseded by. */
function newerActives(family: readonly Image[], image: Image): Image[] {
  return family.filter(
    (one) => isActive(one) && createdAt(one) > createdAt(image) && architectureOf(one) === architectureOf(image),
  );
}
