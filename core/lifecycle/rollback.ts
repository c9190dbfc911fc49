import { type Action, ActionKind, inOrder } from "./action";
import {
  actionOn,
  type ChangePlan,
  createdAt,
  heldProblem,
  holdOf,
  isHeldOtherwise,
  linesOfFamily,
  RollbackHold,
  unknownFamily,
  unknownImage,
} from "./change";
import { architectureOf, HOLD_LABEL, type Image, ImageState, isActive, isUsable, linkOf, stateOf } from "./image";

/** What a rollback is made of. */
export interface RollbackInputs {
  /** Project that holds the images. */
  project: string;
  /** All images of the project. */
  images: readonly Image[];
  family: string;
  /**
   * Name of the image that the family shall stand for.
   * @default - the newest usable one that is older than what the family stands for
   */
  to?: string;
}

/**
 * Makes a family stand for an older image: holds, so that the lifecycle controller undoes nothing; activates the older
 * image; then deprecates the newer ones, the oldest of them first, so that the family goes from one image to the other at
 * once. Running it again after an interruption does what is left. Without `to` every architecture is rolled back.
 */
export function planRollback(inputs: RollbackInputs): ChangePlan {
  const plan: ChangePlan = { actions: [], problems: [], notes: [] };
  const lines = linesOfFamily(inputs.images, inputs.family);
  const to = inputs.to === undefined ? undefined : targetNamed(inputs, inputs.to, plan);
  if (to) rollBack(inputs, lines.get(architectureOf(to)) ?? [], to, plan);
  else if (inputs.to === undefined) rollBackAll(inputs, lines, plan);
  return { ...plan, actions: plan.problems.length > 0 ? [] : inOrder(plan.actions) };
}

function rollBackAll(inputs: RollbackInputs, lines: ReadonlyMap<string, Image[]>, plan: ChangePlan): void {
  if (lines.size === 0) plan.problems.push(unknownFamily(inputs.images, inputs.family));
  for (const [architecture, line] of lines) {
    const target = defaultTarget(line);
    if (typeof target !== "string") rollBack(inputs, line, target, plan);
    else plan.problems.push(`${inputs.family}${lines.size > 1 ? ` (${architecture})` : ""}: ${target}`);
  }
}

function targetNamed({ images, family }: RollbackInputs, name: string, plan: ChangePlan): Image | undefined {
  const image = images.find((one) => one.name === name);
  if (!images.some((one) => one.family === family)) plan.problems.push(unknownFamily(images, family));
  else if (image?.family !== family) plan.problems.push(unknownImage(images, name, family));
  else if (image.status !== "READY")
    plan.problems.push(`${name} must be READY, got ${image.status}; choose another image`);
  else if (stateOf(image) === undefined)
    plan.problems.push(`${name} has the state ${JSON.stringify(image.deprecated?.state)}, which Kiln does not know`);
  else if (Number.isNaN(createdAt(image))) plan.problems.push(`${name} has no creation time that can be read`);
  else return image;
  return undefined;
}

/** The image that the line was rolled back to, or the newest usable one that is older than its newest active one. */
function defaultTarget(line: readonly Image[]): Image | string {
  const newest = line.filter(isActive).at(-1);
  if (!newest) return "none of its images is active; name the one that shall be, with --to";
  if (isRolledBackTo(newest, line)) return newest;
  const older = line.filter(
    (one) => createdAt(one) < createdAt(newest) && isUsable(one) && holdOf(one) !== RollbackHold.RolledBack,
  );
  return (
    older.at(-1) ??
    `no usable image is older than ${newest.name}; name one with --to, which may be obsolete, or bake an image`
  );
}

function isRolledBackTo(target: Image, line: readonly Image[]): boolean {
  const left = line.filter((one) => !isActive(one) && createdAt(one) > createdAt(target) && isHeldByRollback(one));
  return holdOf(target) === RollbackHold.Target && left.length > 0;
}

function isHeldByRollback(image: Image): boolean {
  return holdOf(image) !== undefined && !isHeldOtherwise(image);
}

function rollBack({ project }: RollbackInputs, line: readonly Image[], target: Image, plan: ChangePlan): void {
  const actives = line.filter((one) => isActive(one) && one !== target);
  const newer = actives.filter((one) => createdAt(one) >= createdAt(target));
  if (isActive(target) && newer.length === 0)
    return void plan.notes.push(`${target.family} stands for ${target.name} already`);
  const problems = problemsOf(target, newer, line);
  plan.problems.push(...problems);
  if (problems.length === 0) plan.actions.push(...steps(project, target, newer));
}

function problemsOf(target: Image, newer: readonly Image[], line: readonly Image[]): string[] {
  const problems = [target, ...newer].filter(isHeldOtherwise).map(heldProblem);
  if (holdOf(target) === RollbackHold.RolledBack)
    problems.push(
      `${target.name} was rolled back itself; kiln images rollforward ${target.family} makes it active again`,
    );
  const newest = line.filter(isActive).at(-1);
  if (newest && createdAt(newest) < createdAt(target))
    problems.push(
      `${target.name} must be older than ${newest.name}, which ${target.family} stands for; choose another`,
    );
  return problems;
}

function steps(project: string, target: Image, newer: readonly Image[]): Action[] {
  const toTarget = `${target.family} is rolled back to ${target.name}`;
  const replaced = { state: ImageState.Deprecated, replacement: linkOf(project, target.name) };
  return [
    ...holdStep(target, RollbackHold.Target, toTarget),
    ...newer.flatMap((one) => holdStep(one, RollbackHold.RolledBack, toTarget)),
    ...(isActive(target)
      ? []
      : [
          actionOn(target, {
            kind: ActionKind.Activate,
            deprecated: {},
            reason: `${target.family} shall stand for it`,
          }),
        ]),
    ...newer.map((one) => actionOn(one, { kind: ActionKind.Deprecate, deprecated: replaced, reason: toTarget })),
  ];
}

/** A hold from an earlier rollback stays what it is. */
function holdStep(image: Image, value: string, reason: string): Action[] {
  return holdOf(image) === undefined
    ? [actionOn(image, { kind: ActionKind.Hold, labels: { [HOLD_LABEL]: value }, reason })]
    : [];
}
