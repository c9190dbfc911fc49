import { type Action, ActionKind, type LifecyclePlan, type Refusal, RefusalRule } from "./action";
import { type AgeRules } from "./ageRules";
import { type Due, dueOf, Stage, stageOf, type Successor } from "./due";
import {
  architectureOf,
  type DeprecationStatus,
  HOLD_LABEL,
  type Image,
  ImageState,
  instant,
  isActive,
  isUsable,
  linkOf,
  stateOf,
} from "./image";
import { type Usage, useOf } from "./usage";

/** Images of one family and architecture: they supersede each other. */
export interface Line {
  project: string;
  rules: AgeRules;
  /** Oldest first. */
  images: readonly Aged[];
  usage: Usage;
  now: number;
}

/** An image with its creation time, in milliseconds since 1970. */
export interface Aged {
  image: Image;
  created: number;
}

const KINDS = {
  [Stage.Deprecated]: ActionKind.Deprecate,
  [Stage.Obsolete]: ActionKind.Obsolete,
  [Stage.Gone]: ActionKind.Delete,
};
const STATES = { [Stage.Deprecated]: ImageState.Deprecated, [Stage.Obsolete]: ImageState.Obsolete };

const DATES = ["deprecated", "obsolete", "deleted"] as const;

/** Why an image goes as far as it may, where more is due and refused. */
const SHORT_OF: Record<Stage, string> = {
  [Stage.Active]: "",
  [Stage.Deprecated]: "its dates follow the policy",
  [Stage.Obsolete]: "its date of obsolescence has come",
  [Stage.Gone]: "",
};

/** Decides what happens to images that supersede each other. */
export function planLine(line: Line): LifecyclePlan {
  return new LinePlan(line).made();
}

class LinePlan {
  readonly #line: Line;
  readonly #actives: readonly Aged[];
  readonly #newest: Aged | undefined;
  readonly #plan: LifecyclePlan = { actions: [], refusals: [] };
  /** How many images new disks can be made from. */
  #usable: number;

  constructor(line: Line) {
    this.#line = line;
    this.#actives = line.images.filter(({ image }) => isActive(image));
    this.#newest = this.#actives.at(-1);
    this.#usable = line.images.filter(({ image }) => isUsable(image)).length;
  }

  made(): LifecyclePlan {
    for (const aged of this.#line.images) if (aged.image.status === "READY") this.#age(aged);
    return this.#plan;
  }

  #age(aged: Aged): void {
    const { image } = aged;
    const { rules, now } = this.#line;
    if (stateOf(image) === undefined)
      return this.#refuse(
        image,
        undefined,
        RefusalRule.UnknownState,
        `Compute Engine gives it the state ${JSON.stringify(image.deprecated?.state)}`,
      );
    const due = dueOf(image, rules, this.#successorOf(aged), now);
    const before = stageOf(image);
    const stage = due.stage > before ? this.#allowed(aged, due) : before;
    const made = stage === due.stage ? due : { ...due, reason: SHORT_OF[stage] };
    if (stage > before) this.#advance(image, stage, made);
    else if (!this.#heldBy(image)) this.#correct(image, before, made);
  }

  /** The first active image that is newer. */
  #successorOf({ created }: Aged): Successor | undefined {
    const newer = this.#firstActiveAfter(created);
    return newer && { name: (this.#newest as Aged).image.name, created: newer.created };
  }

  #firstActiveAfter(created: number): Aged | undefined {
    let [low, high] = [0, this.#actives.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#actives[middle].created > created) high = middle;
      else low = middle + 1;
    }
    return this.#actives.at(low);
  }

  /** How far an image may go; what is in the way is noted. */
  #allowed({ image, created }: Aged, due: Due): Stage {
    const before = stageOf(image);
    const { rules, usage, now } = this.#line;
    const wanted = KINDS[due.stage as Exclude<Stage, typeof Stage.Active>];
    const held = this.#heldBy(image);
    if (held) return this.#stay(image, wanted, ...held);
    if (rules.keepsNewest && isActive(image) && created === this.#newest?.created)
      return this.#stay(image, wanted, RefusalRule.NewestActive, "the family would have no active image");
    if (due.stage === Stage.Deprecated) return due.stage;
    const least = Math.max(before, Stage.Deprecated) as Stage;
    const use = rules.protectInUse ? useOf(image, usage) : undefined;
    if (use !== undefined) return this.#stay(image, wanted, RefusalRule.ProtectInUse, use, least);
    if (isUsable(image) && this.#usable <= rules.retainAtLeast)
      return this.#stay(
        image,
        wanted,
        RefusalRule.RetainAtLeast,
        `${this.#usable} usable images are left, and the policy retains ${rules.retainAtLeast}`,
        least,
      );
    if (due.stage === Stage.Gone && rules.deletions.left === 0) {
      const { most } = rules.deletions;
      const reason = `this run deletes ${most} image${most === 1 ? "" : "s"} already; the next one goes on`;
      const until = (instant(due.dates.obsolete) ?? Infinity) <= now ? Stage.Obsolete : least;
      return this.#stay(image, wanted, RefusalRule.MaxDeletesPerRun, reason, until);
    }
    return due.stage;
  }

  #stay(image: Image, wanted: ActionKind, rule: RefusalRule, reason: string, stage = stageOf(image)): Stage {
    this.#refuse(image, wanted, rule, reason);
    return stage;
  }

  #heldBy({ labels = {} }: Image): [RefusalRule, string] | undefined {
    if (Object.hasOwn(labels, HOLD_LABEL)) return [RefusalRule.Hold, `it is held: ${HOLD_LABEL}=${labels[HOLD_LABEL]}`];
    const excluded = Object.entries(this.#line.rules.excludeLabels).find(
      ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
    );
    return excluded && [RefusalRule.ExcludeLabels, `the policy leaves images with ${excluded.join("=")} alone`];
  }

  #advance(image: Image, stage: Stage, { dates, reason }: Due): void {
    if (stage > Stage.Deprecated && isUsable(image)) this.#usable--;
    if (stage === Stage.Gone) {
      this.#line.rules.deletions.left--;
      return this.#act(image, ActionKind.Delete, undefined, reason);
    }
    const at = stage as keyof typeof STATES;
    this.#act(image, KINDS[at], this.#status(image, STATES[at], dates), reason);
  }

  /** Writes dates that differ from the policy's, and takes what is left of a deprecation from an active image. */
  #correct(image: Image, stage: Stage, { dates, reason }: Due): void {
    const { datesAsWritten } = this.#line.rules;
    const written = image.deprecated ?? {};
    if (stage === Stage.Active) {
      const isLeft = written.replacement && !DATES.some((key) => written[key]);
      if (isLeft && !datesAsWritten)
        this.#act(image, ActionKind.Clear, {}, "it is active, and names a replacement all the same");
      return;
    }
    if (datesAsWritten || DATES.every((key) => isSameSecond(written[key], dates[key]))) return;
    const kind = stage === Stage.Deprecated ? ActionKind.Deprecate : ActionKind.Obsolete;
    this.#act(image, kind, this.#status(image, stateOf(image) as ImageState, dates), reason);
  }

  #status({ deprecated }: Image, state: ImageState, dates: Due["dates"]): DeprecationStatus {
    const given = Object.entries(dates).filter(([, date]) => date !== undefined);
    const replacement =
      deprecated?.replacement || (this.#newest && linkOf(this.#line.project, this.#newest.image.name));
    return { state, ...(replacement ? { replacement } : {}), ...Object.fromEntries(given) };
  }

  #act(image: Image, kind: ActionKind, deprecated: DeprecationStatus | undefined, reason: string): void {
    const { mode } = this.#line.rules;
    const action: Action = { kind, image: image.name, architecture: architectureOf(image), mode, reason };
    if (image.family) action.family = image.family;
    if (deprecated) action.deprecated = deprecated;
    this.#plan.actions.push(action);
  }

  #refuse(image: Image, wanted: ActionKind | undefined, rule: RefusalRule, reason: string): void {
    const refusal: Refusal = { image: image.name, rule, reason };
    if (image.family) refusal.family = image.family;
    if (wanted) refusal.wanted = wanted;
    this.#plan.refusals.push(refusal);
  }
}

function isSameSecond(one: string | undefined, other: string | undefined): boolean {
  return one === other || secondOf(one) === secondOf(other);
}

function secondOf(date: string | undefined): number {
  return Math.floor((instant(date) ?? -1) / 1000);
}
