import { fits } from "./pattern";
import { type Value } from "./value";

/** Leave that a rule gives to some resources until a day. */
export interface Exception {
  /** Logical name or URN; `*` stands for any text. */
  resource: string;
  reason: string;
  /** Last day, such as `2027-01-31`. */
  until: string;
}

/** What an exception is about. */
export interface Subject {
  urn: string;
  name: string;
}

/** Days before the end at which an exception starts to warn. */
export const WARNING_DAYS = 30;

const FIELDS = ["resource", "reason", "until"] as const;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Reads the exceptions of a rule's configuration; what is wrong is told, and what is wrong excuses nothing. */
export function readExceptions(value: unknown): { exceptions: Exception[]; problems: string[] } {
  if (value === undefined) return { exceptions: [], problems: [] };
  if (!Array.isArray(value)) return { exceptions: [], problems: ["exceptions: must be a list"] };
  const read = value.map((entry: unknown, place) => ({ entry, problems: problemsOf(entry, `exceptions[${place}]`) }));
  const whole = read.filter(({ problems }) => problems.length === 0);
  return {
    exceptions: whole.map(({ entry }) => entry as Exception),
    problems: read.flatMap(({ problems }) => problems),
  };
}

function problemsOf(entry: unknown, path: string): string[] {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry))
    return [`${path}: must be an object with ${FIELDS.join(", ")}`];
  const given = new Map(Object.entries(entry));
  const missing = FIELDS.filter((field) => !isText(given.get(field))).map(
    (field) => `${path}.${field}: must be a text that is not empty`,
  );
  const surplus = [...given.keys()].filter((key) => !FIELDS.includes(key as (typeof FIELDS)[number]));
  const until: unknown = given.get("until");
  const wrongDay = isText(until) && !isDay(until) ? [`${path}.until: must be a day such as 2027-01-31`] : [];
  return [...missing, ...wrongDay, ...surplus.map((key) => `${path}: ${JSON.stringify(key)} is none of its fields`)];
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Whether an exception names a resource. */
export function isAbout({ resource }: Exception, { urn, name }: Subject): boolean {
  return fits(resource, name) || fits(resource, urn);
}

/** Whether an exception is over on a day such as `2027-01-31`; it holds on its last day. */
export function hasLapsed({ until }: Exception, today: string): boolean {
  return until < today;
}

/** Whether an exception ends within {@link WARNING_DAYS} days. */
export function lapsesSoon(exception: Exception, today: string): boolean {
  const days = (Date.parse(exception.until) - Date.parse(today)) / DAY_MS;
  return days >= 0 && days <= WARNING_DAYS;
}

/** What exceptions say of a resource on a day: it is excused, it was until lately, or nothing. */
export function verdictOn(
  subject: Subject,
  exceptions: readonly Exception[],
  today: string,
): { excused: true } | { excused: false; lapsed?: Exception } {
  const about = exceptions.filter((exception) => isAbout(exception, subject));
  if (about.some((exception) => !hasLapsed(exception, today))) return { excused: true };
  return { excused: false, lapsed: about.sort((a, b) => (a.until < b.until ? 1 : -1))[0] };
}

/** Warnings about a rule's exceptions: those that end soon, and those that are about nothing in the stack. */
export function warningsOf(
  exceptions: readonly Exception[],
  subjects: readonly Subject[],
  today: string,
): { message: string; urn?: string }[] {
  return exceptions.flatMap((exception) => {
    const about = subjects.filter((subject) => isAbout(exception, subject));
    const { resource, until, reason } = exception;
    if (about.length === 0)
      return [{ message: `The exception for ${quoted(resource)} is about no resource of this stack. Delete it.` }];
    if (!lapsesSoon(exception, today)) return [];
    const message = `The exception for ${quoted(resource)} lapses on ${until} (${quoted(reason)}).`;
    return [{ message: `${message} Mend the resource by then, or agree on a later day.`, urn: onlyOne(about) }];
  });
}

/** Text of the configuration in quotes, of bounded length. */
export function quoted(text: string): string {
  return JSON.stringify(printable(text.length > 200 ? `${text.slice(0, 199)}…` : text));
}

/** Text without what moves a terminal's cursor or turns the direction of writing. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ");
}

function onlyOne(subjects: readonly Subject[]): string | undefined {
  return subjects.length === 1 ? subjects[0].urn : undefined;
}

/** JSON Schema of the exceptions that every rule takes. */
export const EXCEPTIONS_SCHEMA = {
  type: "array",
  description: "Resources that the rule leaves alone until a day, each with the reason.",
  default: [] as Value[],
  items: {
    type: "object",
    properties: {
      resource: { type: "string", description: "Logical name or URN; `*` stands for any text." },
      reason: { type: "string", description: "Why the resource may break the rule." },
      until: { type: "string", description: "Last day, such as 2027-01-31." },
    },
  },
} as const;
