import { duration, seconds } from "../durations";
import { type Rule } from "../rules";
import { type Action, ActionKind } from "./action";
import { applied } from "./applied";
import { actionOn, type ChangePlan, heldProblem, holdOf, unknownImage } from "./change";
import { descendantsOf } from "./descendants";
import {
  architectureOf,
  type DeprecationStatus,
  type Image,
  ImageState,
  isActive,
  linkOf,
  REVOKED_PARENT_LABEL,
  timestamp,
} from "./image";

/** What the deprecation of an image by somebody is made of. */
export interface DeprecationInputs {
  /** Project that holds the images. */
  project: string;
  /** All images of the project. */
  images: readonly Image[];
  /** Name of the image. */
  image: string;
  /**
   * State that it gets; `ACTIVE` takes a deprecation back.
   * @default ImageState.Deprecated
   */
  state?: ImageState;
  /** Name of the image to use instead. */
  replacement?: string;
  /** Wait from now until it is due to become obsolete. */
  obsoleteIn?: string;
  /** Wait from now until it is due for deletion. */
  deleteIn?: string;
  /** Whether all images that were made from it get the same state and dates. */
  descendants?: boolean;
  /** Whether families may be left without an active image. */
  allowEmpty?: boolean;
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * Deprecates an image and marks what was made from it with `kiln-revoked-parent`, parents before their children, so that
 * nothing is promoted from it any more; with `descendants` deprecates that too. The dates count as set by hand, as those of
 * `gcloud compute images deprecate` do.
 */
export function planDeprecation(inputs: DeprecationInputs): ChangePlan {
  const { images, image: name } = inputs;
  const image = images.find((one) => one.name === name);
  if (!image) return { actions: [], problems: [unknownImage(images, name)], notes: [] };
  const problems = problemsOf(inputs, image);
  const descendants = descendantsOf(images, image).map((one) => one.image);
  const notes = notesOf(inputs, image, descendants);
  if (problems.length > 0) return { actions: [], problems, notes };
  const free = descendants.filter((one) => holdOf(one) === undefined);
  const actions = [
    ...free.flatMap((one) => marking(inputs, one, image)),
    ...[image, ...(inputs.descendants ? free : [])].flatMap((one) => statusStep(inputs, one, image)),
  ];
  const emptied = inputs.allowEmpty ? [] : emptiedBy(images, actions);
  return { actions: emptied.length > 0 ? [] : actions, problems: emptied, notes };
}

function problemsOf(inputs: DeprecationInputs, image: Image): string[] {
  const { images, project, state, replacement, obsoleteIn, deleteIn } = inputs;
  const problems = [waitProblem("--obsolete-in", obsoleteIn), waitProblem("--delete-in", deleteIn)];
  if (image.status !== "READY") problems.push(`${image.name} must be READY, got ${image.status}`);
  if (holdOf(image) !== undefined) problems.push(heldProblem(image));
  if (replacement === image.name) problems.push(`--replacement must be another image, got ${replacement} itself`);
  else if (replacement !== undefined && !images.some(({ name }) => name === replacement))
    problems.push(`--replacement: ${unknownImage(images, replacement, image.family)}`);
  if (state === ImageState.Active && [replacement, obsoleteIn, deleteIn].some((one) => one !== undefined))
    problems.push("--state ACTIVE takes the deprecation of the image back; it goes with no date and no replacement");
  if (state === ImageState.Deleted)
    problems.push(
      `--state DELETED deletes nothing; gcloud compute images delete ${image.name} --project ${project} does`,
    );
  const known = problems.filter((problem) => problem !== undefined);
  if (
    known.length === 0 &&
    obsoleteIn !== undefined &&
    deleteIn !== undefined &&
    seconds(deleteIn) < seconds(obsoleteIn)
  )
    known.push(`--delete-in must not be before --obsolete-in (${obsoleteIn}), got ${deleteIn}`);
  return known;
}

function waitProblem(flag: string, wait: string | undefined): string | undefined {
  const rule: Rule<string> = duration;
  const problem = wait === undefined ? undefined : rule(wait);
  return problem && `${flag} ${problem}`;
}

/** Descendants of a revoked image are marked; those of one that is active again lose its mark. */
function marking({ state }: DeprecationInputs, descendant: Image, { id, name }: Image): Action[] {
  const marked = descendant.labels?.[REVOKED_PARENT_LABEL];
  const labels = { [REVOKED_PARENT_LABEL]: state === ImageState.Active ? null : id };
  if (state === ImageState.Active ? marked !== id : marked !== undefined) return [];
  const reason = state === ImageState.Active ? `${name} is active again` : `made from ${name}`;
  return [actionOn(descendant, { kind: ActionKind.Mark, labels, reason })];
}

function statusStep(inputs: DeprecationInputs, image: Image, root: Image): Action[] {
  const deprecated = statusOf(inputs, image === root);
  if (isSame(image.deprecated ?? {}, deprecated)) return [];
  const reason = image === root ? "somebody asked for it" : `made from ${root.name}`;
  return [actionOn(image, { kind: kindOf(inputs.state), deprecated, reason })];
}

function kindOf(state: ImageState | undefined): ActionKind {
  if (state === ImageState.Active) return ActionKind.Activate;
  return state === ImageState.Obsolete ? ActionKind.Obsolete : ActionKind.Deprecate;
}

/** A replacement of the image replaces none of its descendants. */
function statusOf(inputs: DeprecationInputs, isRoot: boolean): DeprecationStatus {
  const { project, state = ImageState.Deprecated, replacement, obsoleteIn, deleteIn, now } = inputs;
  if (state === ImageState.Active) return {};
  const at = (wait: string) => timestamp(now + seconds(wait) * 1000);
  return {
    state,
    ...(isRoot && replacement !== undefined ? { replacement: linkOf(project, replacement) } : {}),
    ...(obsoleteIn === undefined ? {} : { obsolete: at(obsoleteIn) }),
    ...(deleteIn === undefined ? {} : { deleted: at(deleteIn) }),
  };
}

/** Whether nothing is left to do; the state alone counts where no date is asked for. */
function isSame(is: DeprecationStatus, wanted: DeprecationStatus): boolean {
  const dates = wanted.obsolete ?? wanted.deleted;
  if (dates !== undefined) return false;
  return (
    (is.state ?? ImageState.Active) === (wanted.state ?? ImageState.Active) &&
    (wanted.replacement === undefined || is.replacement === wanted.replacement)
  );
}

/** Families that would have no active image any more, by architecture. */
function emptiedBy(images: readonly Image[], actions: readonly Action[]): string[] {
  const linesWithActive = (all: readonly Image[]) =>
    new Set(all.flatMap((one) => (one.family && isActive(one) ? [`${one.family} (${architectureOf(one)})`] : [])));
  const after = linesWithActive(applied(images, actions));
  return [...linesWithActive(images)]
    .filter((line) => !after.has(line))
    .sort()
    .map((line) => `${line} would have no active image any more; --allow-empty accepts that`);
}

function notesOf({ descendants: all }: DeprecationInputs, { name }: Image, descendants: readonly Image[]): string[] {
  const held = descendants.filter((one) => holdOf(one) !== undefined).map((one) => `left alone: ${heldProblem(one)}`);
  const others = descendants.filter((one) => holdOf(one) === undefined).length;
  if (others === 0 || all) return held;
  return [
    `${others} image${others === 1 ? " was" : "s were"} made from ${name}; --descendants deprecates what was made from it too`,
    ...held,
  ];
}
