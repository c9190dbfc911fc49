import { shown } from "../rules";
import { type Action, ActionKind } from "./action";
import {
  actionOn,
  type ChangePlan,
  createdAt,
  heldProblem,
  holdOf,
  linesOfFamily,
  unknownFamily,
  unknownImage,
} from "./change";
import { type Channel, channelFamily, channelFamilyProblem } from "./channels";
import { type LifecyclePolicy } from "./familyPolicy";
import {
  APPROVER_LABEL,
  architectureOf,
  CHANNEL_LABEL,
  HOLD_LABEL,
  type Image,
  isActive,
  isUsable,
  linkOf,
  PARENT_LABEL,
  REVOKED_PARENT_LABEL,
  TESTS_LABEL,
} from "./image";

/** What a promotion is made of. */
export interface PromotionInputs {
  /** Project that holds the images. */
  project: string;
  /** All images of the project. */
  images: readonly Image[];
  /** The family that declares the channels. */
  family: string;
  /** Policies by family. */
  policies: ReadonlyMap<string, LifecyclePolicy>;
  /**
   * Channel to promote to.
   * @default - the one after `from`
   */
  to?: string;
  /**
   * Channel to promote from.
   * @default - the one before `to`; without that, the family itself
   */
  from?: string;
  /**
   * Name of the image to promote.
   * @default - what the family of `from` stands for
   */
  image?: string;
  /** Who approves of it, as the value of a label. */
  approveBy?: string;
}

/** An image that is to be made from another one. */
export interface ImageCopy {
  name: string;
  family: string;
  /** Self link of the image that is copied. */
  sourceImage: string;
  architecture?: string;
  labels: Record<string, string>;
  reason: string;
}

/** A promotion: what is written into the source, then the copies. */
export interface PromotionPlan extends ChangePlan {
  copies: ImageCopy[];
}

interface Stretch {
  from?: string;
  to: Channel;
}

/**
 * Copies an image into the next channel of its family. Running it again finds the copy by `kiln-parent-id`. Without a
 * name, the newest active image of every architecture is promoted.
 */
export function planPromotion(inputs: PromotionInputs): PromotionPlan {
  const plan: PromotionPlan = { actions: [], copies: [], problems: [], notes: [] };
  const stretch = stretchOf(inputs);
  if (typeof stretch === "string") return { ...plan, problems: [stretch] };
  const tooLong = channelFamilyProblem(inputs.family, stretch.to.name);
  if (tooLong !== undefined) plan.problems.push(tooLong);
  for (const source of sourcesOf(inputs, stretch, plan)) promote(inputs, stretch, source, plan);
  return plan.problems.length > 0 ? { ...plan, actions: [], copies: [] } : plan;
}

/** The two ends of the promotion, which are neighbours. */
function stretchOf({ family, policies, from, to }: PromotionInputs): Stretch | string {
  const declared = policies.get(family)?.channels ?? [];
  const names = declared.map(({ name }) => name);
  if (names.length === 0)
    return `the policy of ${family} declares no channels; ${policies.has(family) ? "add channels to it" : "it has no policy"}`;
  const wrong = [from, to].find((name) => name !== undefined && !names.includes(name));
  if (wrong !== undefined) return `${family} has no channel ${shown(wrong)}; its channels: ${names.join(", ")}`;
  const start = from === undefined ? (to === undefined ? -1 : names.indexOf(to) - 1) : names.indexOf(from);
  const next = declared.at(start + 1);
  if (start + 1 >= declared.length || next === undefined)
    return `${shown(from)} is the last channel of ${family}: nothing comes after it`;
  if (to !== undefined && to !== next.name)
    return `an image goes through every channel: after ${shown(from)} comes ${next.name}, got ${shown(to)}`;
  return { from: start < 0 ? undefined : names[start], to: next };
}

function sourcesOf({ images, family, image: name }: PromotionInputs, { from }: Stretch, plan: ChangePlan): Image[] {
  const source = channelFamily(family, from);
  if (!images.some((one) => one.family === source)) plan.problems.push(unknownFamily(images, source));
  else if (name === undefined) {
    const newest = [...linesOfFamily(images, source).values()].flatMap((line) => line.filter(isActive).slice(-1));
    if (newest.length === 0) plan.problems.push(`no image of ${source} is active; name one with --image`);
    return newest;
  } else {
    const found = images.find((one) => one.name === name && one.family === source);
    if (found) return [found];
    plan.problems.push(unknownImage(images, name, source));
  }
  return [];
}

function promote(inputs: PromotionInputs, { from, to }: Stretch, source: Image, plan: PromotionPlan): void {
  const family = channelFamily(inputs.family, to.name);
  const copy = inputs.images.find((one) => one.family === family && one.labels?.[PARENT_LABEL] === source.id);
  if (copy && copy.status !== "FAILED")
    return void plan.notes.push(`${source.name} is in ${to.name} already, as ${copy.name} (${copy.status})`);
  if (copy) plan.problems.push(`the copy ${copy.name} of ${source.name} is FAILED; delete it, then promote again`);
  plan.problems.push(...problemsOf(source, to, inputs.approveBy));
  if (inputs.approveBy !== undefined && source.labels?.[APPROVER_LABEL] !== inputs.approveBy)
    plan.actions.push(approval(source, inputs.approveBy, to));
  plan.copies.push(copyOf(inputs, source, from, to));
}

/** What is in the way of an image's promotion, all of it. */
function problemsOf(source: Image, { name: to, restricted }: Channel, approveBy: string | undefined): string[] {
  const { name, status, deprecated, labels = {} } = source;
  const problems: (string | false)[] = [
    status !== "READY" && `${name} must be READY, got ${status}; wait for it, or choose another with --image`,
    status === "READY" &&
      !isUsable(source) &&
      `${name} must be active or deprecated, got ${shown(deprecated?.state)}; choose another with --image`,
    Number.isNaN(createdAt(source)) && `${name} has no creation time that can be read`,
    holdOf(source) !== undefined && heldProblem(source),
    REVOKED_PARENT_LABEL in labels &&
      `${name} was made from the image ${labels[REVOKED_PARENT_LABEL]}, which was revoked; bake it anew`,
    labels[TESTS_LABEL] !== "passed" &&
      `${name} must have the label ${TESTS_LABEL}=passed, got ${shown(labels[TESTS_LABEL])}; run its tests`,
    restricted === true &&
      !labels[APPROVER_LABEL] &&
      approveBy === undefined &&
      `${to} is restricted: ${name} needs the label ${APPROVER_LABEL}; give --approve-by NAME`,
    approveBy !== undefined &&
      !/^[a-z0-9_-]{1,63}$/.test(approveBy) &&
      `--approve-by must be 1 to 63 lower-case letters, digits, hyphens and underscores, got ${shown(approveBy)}`,
  ];
  return problems.filter((problem) => problem !== false);
}

function approval(source: Image, approver: string, { name }: Channel): Action {
  const labels = { [APPROVER_LABEL]: approver };
  return actionOn(source, { kind: ActionKind.Mark, labels, reason: `${approver} approves of it for ${name}` });
}

function copyOf(
  { project, images, family }: PromotionInputs,
  source: Image,
  from: string | undefined,
  to: Channel,
): ImageCopy {
  const { architecture, name } = source;
  return {
    name: freeName(images, source, from, to.name),
    family: channelFamily(family, to.name),
    sourceImage: linkOf(project, name),
    ...(architecture === undefined ? {} : { architecture: architectureOf(source) }),
    labels: { ...inherited(source), [PARENT_LABEL]: source.id, [CHANNEL_LABEL]: to.name },
    reason: `promoted from ${name}`,
  };
}

/** An approval and a hold are of one image, not of its copies. */
function inherited({ labels = {} }: Image): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => key !== APPROVER_LABEL && key !== HOLD_LABEL));
}

/** Made of the source's name and the channel; with the source's number where another image has that name. */
function freeName(images: readonly Image[], { id, name }: Image, from: string | undefined, to: string): string {
  const stem = from !== undefined && name.endsWith(`-${from}`) ? name.slice(0, -from.length - 1) : name;
  const plain = bounded(stem, `-${to}`);
  const isWhole = plain === `${stem}-${to}`;
  return isWhole && !images.some((one) => one.name === plain) ? plain : bounded(stem, `-${id}-${to}`);
}

function bounded(stem: string, end: string): string {
  return `${stem.slice(0, MOST_NAME - end.length).replace(/-+$/, "")}${end}`;
}

/** Longest name of an image. https://cloud.google.com/compute/docs/naming-resources */
const MOST_NAME = 63;
