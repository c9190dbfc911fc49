// Sequences first, then what is left of control characters, and the marks that reorder text on a screen.
const ESCAPE_SEQUENCES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text without terminal sequences such as colours and titles. */
export function withoutEscapes(text: string): string {
  return text.replace(ESCAPE_SEQUENCES, "");
}

/** Text of an untrusted program without anything that a terminal would obey. */
export function plainText(text: string): string {
  return withoutEscapes(text).replace(CONTROLS, "");
}

/** {@link plainText} on one line. */
export function plainLine(text: string): string {
  return plainText(text.replace(/[\n\r\t]+/g, " "));
}

/** Longest name on a terminal. */
const MOST_NAME = 200;

/** {@link plainLine} of a name; of a longer one its beginning. */
export function plainName(name: string): string {
  return shortLine(name, MOST_NAME);
}

/** {@link plainLine} of at most so many characters; longer text ends in `…`. */
export function shortLine(text: string, most: number): string {
  const line = plainLine(text.slice(0, 2 * most));
  return line.length > most || text.length > 2 * most ? `${line.slice(0, most - 1)}…` : line;
}
