import { withoutEscapes } from "./plainText";

/**
 * What no reader sees, or sees in another order than it stands: control and format characters, line separators, lone
 * surrogates, noncharacters. XML allows none of those of the first kind.
 */
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u115f\u1160\u2028\u2029\u3164\uffa0\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/**
 * Text of an untrusted program with everything in sight: terminal colours are taken out, and what is hidden or turns
 * the order of reading stands as `\u{202e}`. Tabs and line ends stay.
 */
export function visible(text: string): string {
  return withoutEscapes(text.replace(/\r\n?/g, "\n")).replace(UNSEEN, escaped);
}

/** {@link visible} on one line of at most so many characters; longer text ends in `…`. */
export function visibleLine(text: string, most: number): string {
  const line = visible(text.slice(0, most * 2)).replace(/[\n\t]+/g, (space) => (space.includes("\n") ? "\\n" : " "));
  return clip(line, most, text.length > most * 2);
}

/** At most so many UTF-16 units, no surrogate pair torn apart; what is cut ends in `…`. */
export function clip(text: string, most: number, isCut = false): string {
  if (text.length <= most && !isCut) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(most - 2)) ? most - 2 : most - 1;
  return `${text.slice(0, end)}…`;
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`;
}
