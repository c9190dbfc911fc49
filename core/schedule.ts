import { type Rule, shown } from "./rules";

const FIELD = String.raw`(\*|[0-9A-Za-z]+(-[0-9A-Za-z]+)?)(/[0-9]+)?`;
const CRON = new RegExp(String.raw`^\s*${list(FIELD)}(\s+${list(FIELD)}){4}\s*$`);

/** A rule for times as cron writes them. https://cloud.google.com/scheduler/docs/configuring/cron-job-schedules */
export const cronSchedule: Rule<string> = (value) =>
  typeof value === "string" && CRON.test(value)
    ? undefined
    : `must be five fields as cron writes them, minute, hour, day of the month, month and day of the week, such as "0 3 * * *", got ${shown(value)}`;

/** A rule for names of time zones. https://www.iana.org/time-zones */
export const timeZone: Rule<string> = (value) =>
  typeof value === "string" && isTimeZone(value)
    ? undefined
    : `must be a time zone of the tz database such as Etc/UTC or Europe/Berlin, got ${shown(value)}`;

/** Whether it has times on every day. */
export function isDaily(cron: string): boolean {
  const [, , ...days] = cron.trim().split(/\s+/);
  return days.length === 3 && days.every((field) => /^\*(\/1)?$/.test(field));
}

function list(field: string): string {
  return `${field}(,${field})*`;
}

/** Offsets such as `+01:00` are none: Cloud Scheduler takes names alone. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
