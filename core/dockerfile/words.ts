import type { Span } from "../scan/imageUse";
import { literal, type Part } from "../scan/parts";
import { readVariable, type Variable } from "../scan/variables";

/** Longer words name no image, and are not read. */
const MOST_CHARACTERS = 4096;

/** A value may hold so many parts and characters: each ARG can repeat another, and so double it. */
const MOST_PARTS = 128;
const MOST_TEXT = 1024;

/** Operators' words are read within one another so deep. */
const MOST_DEPTH = 8;

/** Words between blanks, quotes observed, as places in the text. */
export function splitWords(text: string, escape: string, from = 0): Span[] {
  const words: Span[] = [];
  for (let i = from; i < text.length;) {
    const c = text.charCodeAt(i);
    if (c === 32 || c === 0 || (c >= 9 && c <= 13)) i++;
    else {
      const end = wordEnd(text, i, escape);
      words.push({ start: i, end });
      i = end;
    }
  }
  return words;
}

function wordEnd(text: string, from: number, escape: string): number {
  let quote = "";
  for (let i = from; i < text.length; i++) {
    const c = text[i];
    if (c === escape && quote !== "'") i++;
    else if (quote !== "") quote = c === quote ? "" : quote;
    else if (c === '"' || c === "'") quote = c;
    else if (c === " " || (c >= "\t" && c <= "\r")) return i;
  }
  return text.length;
}

/** What a variable stands for; nothing where it is open. */
export type Lookup = (name: string) => readonly Part[] | undefined;

/** A word of an instruction. */
export interface Word {
  text: string;
  /** Where `text` begins in the file. */
  start: number;
  span: Span;
  escape: string;
}

/** A word's parts, without its quotes, with its variables filled in. Nothing for words too long for an image. */
export function expandWord(word: Word, lookup: Lookup): Part[] | undefined {
  const { start, end } = word.span;
  if (end - start > MOST_CHARACTERS) return undefined;
  const parts: Part[] = [];
  const isWhole = expand(word, start, end, lookup, parts, 0);
  return isWhole && parts.reduce((sum, part) => sum + part.text.length, 0) <= MOST_TEXT ? parts : undefined;
}

function expand(word: Word, from: number, end: number, lookup: Lookup, parts: Part[], depth: number): boolean {
  const { text, start, escape } = word;
  let quote = "";
  let run = from;
  const flush = (to: number) => {
    if (to > run) parts.push(literal(text.slice(run, to), start + run));
  };
  for (let i = from; i < end && parts.length <= MOST_PARTS; i++) {
    const c = text[i];
    if (c === "\0" || c === quote || (quote === "" && (c === '"' || c === "'"))) {
      flush(i);
      run = i + 1;
      if (c !== "\0") quote = c === quote ? "" : c;
    } else if (quote === "'") continue;
    else if (c === escape && i + 1 < end && (quote === "" || '"$'.includes(text[i + 1]) || text[i + 1] === escape)) {
      flush(i);
      parts.push({ text: text[i + 1], at: { start: start + i, end: start + i + 2 } });
      run = i + 2;
      i++;
    } else if (c === "$") {
      const variable = readVariable(text, i);
      if (variable === undefined || variable.end > end) continue;
      flush(i);
      expandVariable(word, i, variable, lookup, parts, depth);
      run = variable.end;
      i = run - 1;
    }
  }
  flush(end);
  return parts.length <= MOST_PARTS;
}

function expandVariable(word: Word, at: number, variable: Variable, lookup: Lookup, parts: Part[], depth: number) {
  const place = { start: word.start + at, end: word.start + variable.end };
  const value = lookup(variable.name);
  const isSet = variable.operator?.startsWith(":") ? value !== undefined && value.length > 0 : value !== undefined;
  const isLeft = () => {
    const raw = word.text.slice(at, variable.end);
    const text = raw.replaceAll("\0", "");
    parts.push({ text, ...(text === raw && { span: place }), at: place, open: variable.name });
  };
  const inner = () => {
    if (depth >= MOST_DEPTH) isLeft();
    else {
      const before = parts.length;
      expand(word, variable.word, variable.wordEnd, lookup, parts, depth + 1);
      for (let i = before; i < parts.length; i++) parts[i] = { ...parts[i], at: place };
    }
  };
  switch (variable.operator) {
    case ":+":
    case "+":
      if (isSet) inner();
      return;
    case ":-":
    case "-":
      if (!isSet) return inner();
      break;
    case ":?":
    case "?":
    case undefined:
      break;
    default:
      return isLeft();
  }
  if (value === undefined) return isLeft();
  for (const part of value) parts.push({ ...part, at: place });
}
