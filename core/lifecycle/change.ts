import { type Action } from "./action";
import { LifecycleMode } from "./familyPolicy";
import { architectureOf, HOLD_LABEL, type Image, instant } from "./image";

/** What somebody asked for, as the actions that do it in the order in which they must run. */
export interface ChangePlan {
  /** None where something is in the way, and none where nothing is left to do. */
  actions: Action[];
  /** What is in the way, all of it. */
  problems: string[];
  /** What is worth knowing besides. */
  notes: string[];
}

/** Values of the label `kiln-hold` that say what a rollback did. */
export const RollbackHold = {
  /** The family was rolled back to it. */
  Target: "rollback",
  /** It was the family's newest, and somebody rolled it back. */
  RolledBack: "rolled-back",
} as const;

/** The value of an image's hold, if it has one. */
export function holdOf({ labels = {} }: Image): string | undefined {
  return Object.hasOwn(labels, HOLD_LABEL) ? labels[HOLD_LABEL] : undefined;
}

/** Whether somebody holds it for another reason than a rollback. */
export function isHeldOtherwise(image: Image): boolean {
  const hold = holdOf(image);
  return hold !== undefined && !Object.values<string>(RollbackHold).includes(hold);
}

/** How a hold is told, and undone. */
export function heldProblem(image: Image): string {
  return `${image.name} is held: ${HOLD_LABEL}=${holdOf(image)}; kiln images release ${image.name} takes the hold away`;
}

/** An action that somebody asked for. */
export function actionOn(
  image: Image,
  { kind, reason, deprecated, labels }: Pick<Action, "kind" | "reason" | "deprecated" | "labels">,
): Action {
  return {
    kind,
    image: image.name,
    ...(image.family ? { family: image.family } : {}),
    architecture: architectureOf(image),
    mode: LifecycleMode.Enforce,
    ...(deprecated ? { deprecated } : {}),
    ...(labels ? { labels } : {}),
    reason,
  };
}

/** Ready images of a family by architecture, in the order of these, oldest first; those without a readable age are left out. */
export function linesOfFamily(images: readonly Image[], family: string): Map<string, Image[]> {
  const lines = new Map<string, Image[]>();
  for (const image of images) {
    if (image.family !== family || image.status !== "READY" || Number.isNaN(createdAt(image))) continue;
    const line = lines.get(architectureOf(image));
    if (line) line.push(image);
    else lines.set(architectureOf(image), [image]);
  }
  for (const line of lines.values()) line.sort(byAge);
  return new Map([...lines].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** When an image was created, in milliseconds since 1970; NaN where that cannot be read. */
export function createdAt({ creationTimestamp }: Image): number {
  return instant(creationTimestamp) ?? NaN;
}

function byAge(a: Image, b: Image): number {
  return createdAt(a) - createdAt(b) || (a.name < b.name ? -1 : 1);
}

/** Says that a family has no image, and which families do. */
export function unknownFamily(images: readonly Image[], family: string): string {
  const families = [...new Set(images.flatMap(({ family }) => (family ? [family] : [])))].sort();
  return `no image of the project is in the family ${JSON.stringify(family)}; ${choice("families", families)}`;
}

/** Says that an image is not there, and which ones are in its family. */
export function unknownImage(images: readonly Image[], name: string, family?: string): string {
  const names = images.flatMap((image) => (family === undefined || image.family === family ? [image.name] : [])).sort();
  const place = family === undefined ? "the project" : `the family ${family}`;
  return `${place} has no image ${JSON.stringify(name)}; ${choice("images", names)}`;
}

function choice(what: string, names: readonly string[]): string {
  if (names.length === 0) return `there are no ${what}`;
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : "";
  return `its ${what}: ${names.slice(0, MOST_NAMED).join(", ")}${more}`;
}

/** Enough to see a misspelling. */
const MOST_NAMED = 10;
