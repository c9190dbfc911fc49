import { readReference } from "../reference/reference";
import { Purpose, type Certainty, type ImageUse, type Piece } from "../scan/imageUse";
import { textOf, useOf, type Part } from "../scan/parts";
import { isPlaceholder } from "../scan/placeholder";
import type { Environment } from "./environment";
import type { Word } from "./shellWords";

/** Where the programs' readers put what they find. */
export interface Report {
  uses: ImageUse[];
  certainty: Certainty;
  environment: Environment;
  /** Place of everything, where the text stands in the file in another way than it is read. */
  place?: { start: number; end: number };
}

/** After so many uses, lists are not gone through any more: each command may name each value of a list. */
const MOST_USES = 5000;

/** A name longer than this is none. */
const MOST_CHARACTERS = 1024;

/** Adds what a word names; each of a list's values where the word holds a loop's variable. */
export function add(report: Report, word: Word | undefined, kind: string, purpose: Purpose = Purpose.Pull): void {
  if (word === undefined || word.text.length > MOST_CHARACTERS) return;
  const values = valuesOf(report, word.parts);
  if (values === undefined) return addParts(report, word.parts, kind, purpose);
  for (const value of values) addParts(report, value.parts, kind, purpose, value.at);
}

/** A digest by itself would be a name with a tag. */
const DIGEST = /^sha\d+:/;

/** A virtual machine's image: `PROJECT/global/images/NAME`. */
const MACHINE = /(?:^|\/)global\/images\//;

/** Whether a text can be an image's name, and is none to be filled in. */
export function isName(text: string): boolean {
  const isOther = isPlaceholder(text) || DIGEST.test(text) || MACHINE.test(text);
  return readReference(text).problem === undefined && !isOther;
}

function addParts(report: Report, parts: Part[], kind: string, purpose: Purpose, at?: Part["at"]): void {
  const text = textOf(parts);
  if (!isPlausible(parts, text)) return;
  const use = useOf(parts, { kind, purpose, certainty: report.certainty });
  const span = report.place ?? at ?? use.span;
  if (span.end < span.start) return;
  const pieces = report.place ? use.pieces.map((piece) => withoutPlace(piece)) : use.pieces;
  report.uses.push({ ...use, span, pieces });
}

function withoutPlace({ text, holder, role }: Piece): Piece {
  return { text, ...(holder && { holder }), ...(role && { role }) };
}

/** What stands around the variables must fit a name. A variable alone says nothing. */
function isPlausible(parts: Part[], text: string): boolean {
  if (text === "" || text.length > MOST_CHARACTERS || isPlaceholder(text)) return false;
  const isOpen = parts.some((part) => part.open !== undefined);
  if (!isOpen) return isName(text);
  const written = textOf(parts.filter((part) => part.open === undefined));
  if (!/[a-z0-9]/i.test(written)) return false;
  const filled = textOf(parts.map((part) => (part.open === undefined ? part : { text: "x" })));
  return readReference(filled.replace(/@(?:sha256:)?x+$/, "")).problem === undefined;
}

function valuesOf({ environment, uses }: Report, parts: Part[]): { parts: Part[]; at: Part["at"] }[] | undefined {
  if (uses.length > MOST_USES) return undefined;
  const index = parts.findIndex((part) => part.open !== undefined && environment.list(part.open) !== undefined);
  if (index < 0) return undefined;
  const values = environment.list(parts[index].open ?? "") ?? [];
  return values
    .filter((value) => value.parts.length > 0)
    .map((value) => ({
      parts: [...parts.slice(0, index), ...value.parts, ...parts.slice(index + 1)],
      at: placeOf(value.parts),
    }));
}

/** Where a list's value stands: by itself, not where the list is named. */
function placeOf(parts: Part[]): Part["at"] {
  const [first, last] = [parts[0], parts[parts.length - 1]];
  return { start: (first.span ?? first.at).start, end: (last.span ?? last.at).end };
}
