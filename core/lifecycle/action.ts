import { type LifecycleMode } from "./familyPolicy";
import { type DeprecationStatus } from "./image";

/** What is done to an image, in the order in which it must be done. */
export const ActionKind = {
  /** The image gets the label `kiln-hold`, so that nobody acts on it. */
  Hold: "hold",
  /** The image gets other labels. */
  Mark: "mark",
  /** The image becomes active again. */
  Activate: "activate",
  /** What is left of an earlier deprecation is taken from an active image. */
  Clear: "clear",
  /** The image becomes deprecated, or a deprecated one gets its dates. */
  Deprecate: "deprecate",
  /** The image becomes obsolete, or an obsolete one gets its dates. */
  Obsolete: "obsolete",
  /** The image is deleted. */
  Delete: "delete",
  /** The image loses the label `kiln-hold`. */
  Release: "release",
} as const;
export type ActionKind = (typeof ActionKind)[keyof typeof ActionKind];

/** Rules by which a due change is not made. */
export const RefusalRule = {
  /** The image has the label `kiln-hold`. */
  Hold: "kiln-hold",
  /** The image has a label that the policy excludes. */
  ExcludeLabels: "excludeLabels",
  /** The image is the newest active one of its family and architecture. */
  NewestActive: "newestActive",
  /** The image is used, or somebody may use it who could not be asked. */
  ProtectInUse: "protectInUse",
  /** Fewer usable images would be left than the policy retains. */
  RetainAtLeast: "retainAtLeast",
  /** The run deletes enough images of the family already. */
  MaxDeletesPerRun: "maxDeletesPerRun",
  /** Compute Engine gives the image a state that this version does not know. */
  UnknownState: "unknownState",
  /** The image has no creation time that can be read. */
  UnknownAge: "unknownAge",
} as const;
export type RefusalRule = (typeof RefusalRule)[keyof typeof RefusalRule];

/** One change to one image. */
export interface Action {
  kind: ActionKind;
  /** Name of the image. */
  image: string;
  family?: string;
  architecture: string;
  /** Whether it is made or only reported. */
  mode: LifecycleMode;
  /** What `images.deprecate` is given; nothing for a deletion, and empty to clear. */
  deprecated?: DeprecationStatus;
  /** Labels to set, and those to take away as `null`; the others stay. */
  labels?: Record<string, string | null>;
  reason: string;
}

/** A change that would be due and is not made. */
export interface Refusal {
  /** What was due; nothing where that cannot be told. */
  wanted?: ActionKind;
  /** Name of the image. */
  image: string;
  family?: string;
  rule: RefusalRule;
  reason: string;
}

/** What to do, in the order in which it must run, and what is refused. */
export interface LifecyclePlan {
  actions: Action[];
  refusals: Refusal[];
}

/** Actions in the order in which they must run; those of a kind stay in theirs. */
export function inOrder(actions: readonly Action[]): Action[] {
  const steps = new Map(Object.values(ActionKind).map((kind) => [kind, [] as Action[]]));
  for (const action of actions) steps.get(action.kind)?.push(action);
  return [...steps.values()].flat();
}
