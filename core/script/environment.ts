import { sliceParts, textOf, type Part } from "../scan/parts";
import type { Word } from "./shellWords";

/** A value with more parts or characters is open: each variable can repeat another, and so double it. */
const MOST_PARTS = 64;
const MOST_TEXT = 4096;
/** So many values of a list are looked at. */
const MOST_VALUES = 200;

/** Variables of a script, as far as it has been read. */
export class Environment {
  readonly #values = new Map<string, Part[] | undefined>();
  readonly #lists = new Map<string, Word[]>();

  /** All that the script has set, in its order. */
  readonly assignments: { name: string; parts: readonly Part[] }[] = [];

  /** The values of variables that the script does not set. */
  constructor(readonly outside: (name: string) => readonly Part[] | undefined = () => undefined) {}

  get(name: string): readonly Part[] | undefined {
    return this.#values.has(name) ? this.#values.get(name) : this.outside(name);
  }

  set(name: string, parts: Part[] | undefined): void {
    this.#lists.delete(name);
    const isSmall = parts && !isOutput(parts) && parts.length <= MOST_PARTS && textOf(parts).length <= MOST_TEXT;
    if (isSmall && parts.length > 0) this.assignments.push({ name, parts });
    this.#values.set(name, isSmall ? parts.map((part) => ({ ...part, holder: part.holder ?? name })) : undefined);
  }

  /** A list, such as `NAME=(a b)` or what `for NAME in a b` goes through: one at a time, it is open. */
  setList(name: string, words: Word[]): void {
    this.#values.set(name, undefined);
    this.#lists.set(name, words.flatMap((word) => this.#split(word)).slice(0, MOST_VALUES));
  }

  list(name: string): readonly Word[] | undefined {
    return this.#lists.get(name);
  }

  /** Each name in a word's value: `"${list[@]}"`, or a text with blanks. */
  #split(word: Word): Word[] {
    const array = /^\$\{(\w+)\[[@*]\]\}$/.exec(word.text)?.[1];
    if (array !== undefined) return this.#lists.get(array) ?? [];
    const words: Word[] = [];
    for (const found of word.text.matchAll(/\S+/g)) {
      if (words.length === MOST_VALUES) break;
      words.push({ text: found[0], parts: sliceParts(word.parts, found.index, found.index + found[0].length) });
    }
    return words;
  }
}

/** What another command gives, and nothing else: the variable's own name says more. */
export function isOutput(parts: readonly Part[]): boolean {
  return parts.length === 1 && parts[0].open !== undefined && /^[$`]/.test(parts[0].open);
}
