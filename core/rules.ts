/** What is wrong with a value, as one sentence saying rule, value and fix; `undefined` when nothing is. */
export type Rule<T> = (value: T) => string | undefined;

/** How a refused value is shown in a message: as JSON, cut where it is long. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

/** Enough to recognise a value by; a whole pasted file would bury the message. */
const MOST_SHOWN = 120;

/** A rule for text of one shape, such as the id of a project. */
export function shapedLike(pattern: RegExp, described: string): Rule<string> {
  return (value) =>
    typeof value === "string" && pattern.test(value) ? undefined : `must be ${described}, got ${shown(value)}`;
}

/** A rule for whole numbers within limits, both included. */
export function wholeBetween(least: number, most: number, unit: string): Rule<number> {
  return (value) =>
    Number.isInteger(value) && value >= least && value <= most
      ? undefined
      : `must be a whole number from ${least} to ${most} ${unit}, got ${shown(value)}`;
}

/** A rule for maps and lists that need an entry. */
export function notEmpty(fix: string): Rule<object> {
  return (value) => (Object.keys(value).length > 0 ? undefined : `must not be empty; ${fix}`);
}

/** A rule for text of any shape, such as a description. */
export const text: Rule<string> = (value) =>
  typeof value === "string" ? undefined : `must be text, got ${shown(value)}`;

/** A rule for what is true or false; text that says so is always true to JavaScript. */
export const trueOrFalse: Rule<boolean> = (value) =>
  typeof value === "boolean" ? undefined : `must be true or false, got ${shown(value)}`;

/** A rule for a closed set of choices. */
export function oneOf<T extends string>(choices: readonly T[]): Rule<T> {
  return (value) => (choices.includes(value) ? undefined : `must be one of ${choices.join(", ")}, got ${shown(value)}`);
}

/** The first reason that any of the rules gives. */
export function all<T>(...rules: Rule<T>[]): Rule<T> {
  return (value) => {
    for (const rule of rules) {
      const reason = rule(value);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}
