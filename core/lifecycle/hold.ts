import { shown } from "../rules";
import { ActionKind } from "./action";
import { actionOn, type ChangePlan, holdOf, RollbackHold, unknownImage } from "./change";
import { HOLD_LABEL, type Image } from "./image";

/** Keeps an image from everybody who would act on it, with the reason as the label's value. */
export function planHold(images: readonly Image[], name: string, reason: string): ChangePlan {
  const image = images.find((one) => one.name === name);
  const problems: string[] = [];
  if (!/^[a-z0-9_-]{1,63}$/.test(reason))
    problems.push(
      `--reason must be 1 to 63 lower-case letters, digits, hyphens and underscores, since it becomes a label, got ${shown(reason)}`,
    );
  if (Object.values<string>(RollbackHold).includes(reason))
    problems.push(`--reason ${reason} is for kiln images rollback; choose another`);
  if (!image) problems.push(unknownImage(images, name));
  const held = image && holdOf(image);
  if (held !== undefined && held !== reason)
    problems.push(`${name} is held already: ${HOLD_LABEL}=${held}; kiln images release ${name} takes that away`);
  if (!image || problems.length > 0) return { actions: [], problems, notes: [] };
  if (held === reason) return { actions: [], problems, notes: [`${name} is held already: ${HOLD_LABEL}=${held}`] };
  const action = actionOn(image, { kind: ActionKind.Hold, labels: { [HOLD_LABEL]: reason }, reason });
  return { actions: [action], problems, notes: [] };
}

/** Takes the hold of an image away. */
export function planRelease(images: readonly Image[], name: string): ChangePlan {
  const image = images.find((one) => one.name === name);
  if (!image) return { actions: [], problems: [unknownImage(images, name)], notes: [] };
  const held = holdOf(image);
  if (held === undefined) return { actions: [], problems: [], notes: [`${name} is not held`] };
  const reason = `it was held: ${HOLD_LABEL}=${held}`;
  return {
    actions: [actionOn(image, { kind: ActionKind.Release, labels: { [HOLD_LABEL]: null }, reason })],
    problems: [],
    notes: [],
  };
}
