import { type Rule, shown } from "./rules";

const UNITS: Record<string, number> = { w: 604_800, d: 86_400, h: 3_600, m: 60, s: 1 };

/** As gcloud writes them: `30d`, `1d12h`. https://cloud.google.com/sdk/gcloud/reference/topic/datetimes */
const SHORT = /^([0-9]+[wdhms])+$/;
/** ISO 8601 without years and months, whose length depends on the calendar: `P30D`, `PT12H`. */
const ISO = /^P(?!$)(?:([0-9]+)W)?(?:([0-9]+)D)?(?:T(?!$)(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)S)?)?$/;

/** A rule for durations as gcloud writes them. */
export const duration: Rule<string> = (value) =>
  typeof value === "string" && secondsOrUndefined(value) !== undefined
    ? undefined
    : `must be a duration such as 30d, 12h, 1d12h or P30D, got ${shown(value)}`;

/**
 * Length of a duration, in seconds.
 *
 * @throws RangeError where `duration` refuses the text.
 */
export function seconds(text: string): number {
  const length = secondsOrUndefined(text);
  if (length === undefined) throw new RangeError(`duration ${duration(text)}`);
  return length;
}

function secondsOrUndefined(text: string): number | undefined {
  const length = SHORT.test(text) ? ofShort(text) : ofIso(text);
  return length !== undefined && Number.isSafeInteger(length) ? length : undefined;
}

function ofShort(text: string): number {
  const parts = text.match(/[0-9]+[wdhms]/g) ?? [];
  return parts.reduce((sum, part) => sum + Number(part.slice(0, -1)) * UNITS[part.slice(-1)], 0);
}

function ofIso(text: string): number | undefined {
  const match = ISO.exec(text);
  if (!match) return undefined;
  const counts = match.slice(1).map((count) => Number(count ?? 0));
  return ["w", "d", "h", "m", "s"].reduce((sum, unit, index) => sum + counts[index] * UNITS[unit], 0);
}
