import { rulesOfFamily } from "./ageRules";
import { type Action, ActionKind, inOrder } from "./action";
import { actionOn, type ChangePlan, createdAt, holdOf, linesOfFamily, RollbackHold, unknownFamily } from "./change";
import { counted } from "./due";
import { type LifecyclePolicy } from "./familyPolicy";
import { type DeprecationStatus, HOLD_LABEL, type Image, ImageState, isActive, isUsable, linkOf } from "./image";

/** What the undoing of a rollback is made of. */
export interface RollforwardInputs {
  /** Project that holds the images. */
  project: string;
  /** All images of the project. */
  images: readonly Image[];
  family: string;
  /**
   * The family's policy: the older images get its dates.
   * @default - the older images are deprecated without dates
   */
  policy?: LifecyclePolicy;
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * Undoes the rollbacks of a family: activates what was rolled back, the newest first; then deprecates what the family was
 * rolled back to, as the policy has it; then takes the holds away. Running it again does what is left.
 */
export function planRollforward(inputs: RollforwardInputs): ChangePlan {
  const plan: ChangePlan = { actions: [], problems: [], notes: [] };
  const lines = linesOfFamily(inputs.images, inputs.family);
  if (lines.size === 0) plan.problems.push(unknownFamily(inputs.images, inputs.family));
  for (const line of lines.values()) rollForward(inputs, line, plan);
  if (plan.problems.length > 0) return { ...plan, actions: [] };
  if (plan.actions.length === 0) plan.notes.push(`no image of ${inputs.family} is rolled back`);
  return { ...plan, actions: inOrder(plan.actions) };
}

function rollForward(inputs: RollforwardInputs, line: readonly Image[], plan: ChangePlan): void {
  const rolledBack = line.filter((one) => holdOf(one) === RollbackHold.RolledBack);
  const targets = line.filter((one) => holdOf(one) === RollbackHold.Target);
  const unusable = rolledBack.filter((one) => !isUsable(one));
  for (const { name, deprecated } of unusable)
    plan.problems.push(
      `${name} was made ${deprecated?.state} after it was rolled back; kiln images release ${name} leaves it so`,
    );
  // What was baked since is the family's newest, and need not share its place with what somebody rolled back.
  const since = line.filter((one) => isActive(one) && holdOf(one) === undefined).at(-1);
  const back = rolledBack.filter((one) => !since || createdAt(one) > createdAt(since)).reverse();
  const newest = line.filter((one) => isActive(one) || back.includes(one)).at(-1);
  const superseded = targets.filter((one) => newest && isActive(one) && createdAt(one) < createdAt(newest));
  plan.actions.push(
    ...back.filter((one) => !isActive(one)).map(activation),
    ...superseded.flatMap((one) => deprecation(inputs, one, newest as Image, successorOf(one, line, back))),
    ...[...rolledBack, ...targets].map(release),
  );
}

/** The first newer image that is active, or is about to be. */
function successorOf(image: Image, line: readonly Image[], back: readonly Image[]): Image | undefined {
  return line.find((one) => createdAt(one) > createdAt(image) && (isActive(one) || back.includes(one)));
}

function activation(image: Image): Action {
  return actionOn(image, { kind: ActionKind.Activate, deprecated: {}, reason: "it was rolled back" });
}

function release(image: Image): Action {
  return actionOn(image, {
    kind: ActionKind.Release,
    labels: { [HOLD_LABEL]: null },
    reason: "the rollback is undone",
  });
}

/** None where the policy gives a superseded image more time: the lifecycle controller deprecates it when it is due. */
function deprecation(
  { project, policy, now }: RollforwardInputs,
  image: Image,
  newest: Image,
  successor: Image | undefined,
): Action[] {
  const rules = policy && rulesOfFamily(policy);
  if (rules && createdAt(successor ?? newest) + (rules.deprecateAfter ?? 0) > now) return [];
  const dates = rules ? counted(now, rules, now).dates : {};
  const given = Object.entries(dates).filter(([, date]) => date !== undefined);
  const deprecated: DeprecationStatus = {
    state: ImageState.Deprecated,
    replacement: linkOf(project, newest.name),
    ...Object.fromEntries(given),
  };
  return [actionOn(image, { kind: ActionKind.Deprecate, deprecated, reason: `superseded by ${newest.name}` })];
}
