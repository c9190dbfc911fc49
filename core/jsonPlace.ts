import { isNode, isScalar, LineCounter, parseDocument, visit } from "yaml";

/** A place in a text. */
export interface TextPlace {
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 units. */
  column: number;
}

/** Bigger texts, and those of more values, are not parsed once more to find a place in them. */
const MAX_CHARACTERS = 8 * 1024 * 1024;
const MAX_COMMAS = 250_000;

/** Characters of a line that are shown. */
const SHOWN = 80;

/** Where the value at a path of valid JSON stands, or what holds it; unknown in very big texts. */
export function jsonPlaceOf(text: string, paths: (string | number)[][]): (TextPlace | undefined)[] {
  const isBig = text.length > MAX_CHARACTERS || text.split(",").length > MAX_COMMAS;
  if (isBig || paths.length === 0) return paths.map(() => undefined);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  return paths.map((path) => {
    for (let length = path.length; length >= 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return toPlace(lines.linePos(node.range[0]));
    }
    return undefined;
  });
}

function toPlace({ line, col }: { line: number; col: number }): TextPlace {
  return { line, column: col };
}

/** Where a text stops being JSON. */
export function syntaxErrorPlace(text: string, message: string): TextPlace {
  const before = text.slice(0, offsetOfError(text, message)).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

/** Node tells some offsets; the others are where the shortest beginning that cannot be completed ends. */
function offsetOfError(text: string, message: string): number {
  const told = /at position (\d+)/.exec(message);
  if (told) return Number(told[1]);
  let [good, bad] = [0, text.length + 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (canGoOn(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function canGoOn(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (error) {
    const { message } = error as Error;
    const position = /at position (\d+)/.exec(message)?.[1];
    return (
      message.includes("Unexpected end") || message.includes("Unterminated") || Number(position) >= beginning.length
    );
  }
}

/** The line of a place with a caret below it, cut around the place where it is long. */
export function excerpt(text: string, { line, column }: TextPlace): string {
  const whole = text.split("\n", line)[line - 1] ?? "";
  const start = Math.max(0, column - 1 - SHOWN / 2);
  const shown = whole.slice(start, start + SHOWN).replace(/\s/g, " ");
  return `  ${shown}\n  ${" ".repeat(column - 1 - start)}^`;
}

/** Where keys stand that their object has had before. */
export function repeatedKeys(text: string): TextPlace[] {
  const lines = new LineCounter();
  const places: TextPlace[] = [];
  visit(parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false }), {
    Map: (_, { items }) => {
      const known = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key) || !key.range) continue;
        if (known.has(key.value)) places.push(toPlace(lines.linePos(key.range[0])));
        known.add(key.value);
      }
    },
  });
  return places;
}
