import { type AgeRules } from "./ageRules";
import { type DeprecationStatus, type Image, ImageState, instant, stateOf, timestamp } from "./image";

/** How far an image is on its way. */
export const Stage = { Active: 0, Deprecated: 1, Obsolete: 2, Gone: 3 } as const;
export type Stage = (typeof Stage)[keyof typeof Stage];

/** What an image should be by its age alone. */
export interface Due {
  stage: Stage;
  /** What is written into the image on the way there. */
  dates: Pick<DeprecationStatus, "deprecated" | "obsolete" | "deleted">;
  reason: string;
}

/** The image that makes another one superseded, and when it was created. */
export interface Successor {
  name: string;
  created: number;
}

/** The stage at which an image is; a state that Compute Engine calls `DELETED` is only unusable. */
export function stageOf(image: Image): Stage {
  const state = stateOf(image);
  if (state === ImageState.Deprecated) return Stage.Deprecated;
  return state === ImageState.Active ? Stage.Active : Stage.Obsolete;
}

/**
 * What is due. Dates that somebody wrote without a date of deprecation, as gcloud does, count as they are; all others are
 * counted from the deprecation, so that a changed policy holds for images that were deprecated before.
 */
export function dueOf(image: Image, rules: AgeRules, successor: Successor | undefined, now: number): Due {
  const dates = image.deprecated ?? {};
  const since = instant(dates.deprecated);
  const isByHand = since === undefined && [dates.obsolete, dates.deleted].some((date) => instant(date) !== undefined);
  const asWritten = rules.datesAsWritten || isByHand;
  if (stageOf(image) === Stage.Active) {
    const scheduled = asWritten ? byDates(dates, Stage.Active, now) : sinceSchedule(since, rules, now);
    return scheduled.stage === Stage.Active && isSuperseded(rules, successor, now)
      ? superseded(scheduled, isByHand, rules, successor, now)
      : scheduled;
  }
  if (asWritten) return byDates(dates, Stage.Deprecated, now);
  return since === undefined ? sinceNow(image, rules, now) : counted(since, rules, now, dates);
}

/** An active image may have a date from which it is deprecated. */
function sinceSchedule(since: number | undefined, rules: AgeRules, now: number): Due {
  return since !== undefined && since <= now
    ? counted(since, rules, now)
    : { stage: Stage.Active, dates: {}, reason: "" };
}

function superseded(
  { dates: { obsolete, deleted } }: Due,
  isByHand: boolean,
  rules: AgeRules,
  successor: Successor | undefined,
  now: number,
): Due {
  const reason = `superseded by ${successor?.name}`;
  return isByHand
    ? { stage: Stage.Deprecated, dates: { obsolete, deleted }, reason }
    : { ...counted(now, rules, now), reason };
}

function isSuperseded({ deprecateAfter }: AgeRules, successor: Successor | undefined, now: number): boolean {
  return successor !== undefined && deprecateAfter !== undefined && successor.created + deprecateAfter <= now;
}

/** Dates as somebody wrote them. */
function byDates({ deprecated, obsolete, deleted }: DeprecationStatus, least: Stage, now: number): Due {
  const dates = { deprecated, obsolete, deleted };
  const isPast = (date: string | undefined) => (instant(date) ?? Infinity) <= now;
  if (isPast(deleted)) return { stage: Stage.Gone, dates, reason: `its date of deletion, ${deleted}, has come` };
  if (isPast(obsolete))
    return { stage: Stage.Obsolete, dates, reason: `its date of obsolescence, ${obsolete}, has come` };
  if (least === Stage.Active && isPast(deprecated))
    return { stage: Stage.Deprecated, dates, reason: `its date of deprecation, ${deprecated}, has come` };
  return { stage: least, dates, reason: "its dates are as somebody wrote them" };
}

/** Somebody deprecated it and gave no date: the waits begin now. */
function sinceNow(image: Image, rules: AgeRules, now: number): Due {
  const next = stageOf(image) === Stage.Deprecated ? (rules.obsoleteAfter ?? rules.deleteAfter) : rules.deleteAfter;
  if (next === undefined) return { stage: Stage.Deprecated, dates: {}, reason: "" };
  return { ...counted(now, rules, now), reason: "deprecated without a date: its waits begin now" };
}

/**
 * What the waits of a policy make of an image that was deprecated at an instant.
 *
 * @param before dates that are kept where they say the same.
 */
export function counted(
  since: number,
  { obsoleteAfter, deleteAfter }: AgeRules,
  now: number,
  before: DeprecationStatus = {},
): Due {
  const start = Math.floor(since / 1000) * 1000;
  const at = (wait: number | undefined) => (wait === undefined ? undefined : start + wait);
  const [obsolete, deleted] = [at(obsoleteAfter), at(deleteAfter)];
  const dates = {
    deprecated: written(start, before.deprecated),
    obsolete: written(obsolete, before.obsolete),
    deleted: written(deleted, before.deleted),
  };
  if (deleted !== undefined && deleted <= now)
    return { stage: Stage.Gone, dates, reason: `due for deletion since ${dates.deleted}` };
  if (obsolete !== undefined && obsolete <= now)
    return { stage: Stage.Obsolete, dates, reason: `due for obsolescence since ${dates.obsolete}` };
  return { stage: Stage.Deprecated, dates, reason: "its dates follow the policy" };
}

function written(time: number | undefined, before: string | undefined): string | undefined {
  if (time === undefined) return undefined;
  return instant(before) === time ? before : timestamp(time);
}
