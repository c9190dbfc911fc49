import { sliceParts, type Part } from "../scan/parts";
import { wordOf, type Word } from "./shellWords";

/** Which options of a command take the next word as their value. */
export interface Options {
  /** Options that take none; all others take one. */
  flags?: ReadonlySet<string>;
  /** Options that take one; all others take none. */
  values?: ReadonlySet<string>;
}

/** A command line taken apart. */
export interface Arguments {
  positional: Word[];
  /** Each option with its value, in order: `--name`, `-t`. */
  options: { name: string; value: Word }[];
}

/** A variable that the file leaves open, and whose name says that it holds options. */
function isOptions({ parts }: Word): boolean {
  return parts.length === 1 && /(?:flags|opts?|options|args|arguments|mounts|volumes)$/i.test(parts[0].open ?? "");
}

const LONG = /^(--[^=\s]+)(=)?/;

/** Takes arguments apart; with `isFirst`, the first that is no option ends the options, as for `docker run IMAGE -x`. */
export function readArguments(words: readonly Word[], options: Options, isFirst = false): Arguments {
  const read: Arguments = { positional: [], options: [] };
  for (let i = 0; i < words.length; i++) {
    const { text } = words[i];
    if (isFirst && read.positional.length > 0) read.positional.push(words[i]);
    else if (text === "--") {
      read.positional.push(...words.slice(i + 1));
      break;
    } else if (text.startsWith("--")) i += readLong(words, i, options, read);
    else if (text.startsWith("-") && text !== "-") i += readShort(words, i, options, read);
    else if (!isOptions(words[i])) read.positional.push(words[i]);
  }
  return read;
}

/** How many words it took besides its own. */
function readLong(words: readonly Word[], i: number, options: Options, read: Arguments): number {
  const found = LONG.exec(words[i].text);
  const name = found?.[1] ?? words[i].text;
  if (found?.[2] !== undefined) read.options.push({ name, value: after(words[i], name.length + 1) });
  else if (takesValue(name, options) && i + 1 < words.length) {
    read.options.push({ name, value: words[i + 1] });
    return 1;
  }
  return 0;
}

/** `-it`, `-p80:80`, `-t name`; Go's programs also know `-name=value`. */
function readShort(words: readonly Word[], i: number, options: Options, read: Arguments): number {
  const { text } = words[i];
  const last = Math.min(text.length, 20);
  for (let at = 1; at < last; at++) {
    const name = `-${text[at]}`;
    if (!takesValue(name, options)) continue;
    const isLast = at + 1 === text.length;
    if (isLast && i + 1 >= words.length) return 0;
    const from = text[at + 1] === "=" ? at + 2 : at + 1;
    read.options.push({ name, value: isLast ? words[i + 1] : after(words[i], from) });
    return isLast ? 1 : 0;
  }
  return 0;
}

function takesValue(name: string, { flags, values }: Options): boolean {
  return values === undefined ? flags !== undefined && !flags.has(name) : values.has(name);
}

/** The rest of a word. */
export function after(word: Word, from: number, to?: number): Word {
  return wordOf(sliceParts(word.parts, from, to));
}

/** A word's sections between commas, or another character. */
export function split(word: Word, separator: string): Word[] {
  const sections: Word[] = [];
  for (let from = 0; from <= word.text.length;) {
    const found = word.text.indexOf(separator, from);
    const to = found < 0 ? word.text.length : found;
    sections.push(after(word, from, to));
    from = to + 1;
  }
  return sections;
}

/** `key=value` of a word. */
export function keyAndValue(word: Word): { key: string; value: Word } | undefined {
  const equals = word.text.indexOf("=");
  return equals < 1 ? undefined : { key: word.text.slice(0, equals), value: after(word, equals + 1) };
}

/** A word of parts, for what is put together of several words. */
export function joinedWord(parts: Part[]): Word {
  return wordOf(parts);
}
