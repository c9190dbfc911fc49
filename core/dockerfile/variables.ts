import type { Part } from "../scan/parts";
import type { Instruction } from "./instructions";
import { expandWord, splitWords, type Lookup } from "./words";

/** Values of ARG and ENV. A name without a value is declared, and what it holds is open. */
export type Values = Map<string, readonly Part[] | undefined>;

/** `NAME=value` of an ARG or ENV, or a name alone. */
export interface Definition {
  name: string;
  /** Where the whole of it stands in the instruction's text. */
  start: number;
  end: number;
  /** Where the value begins in the instruction's text, its quotes included; nothing without a value. */
  value?: number;
}

const NAMED = /^([A-Za-z_][\w.-]*)(=)?/;

/** What an ARG or ENV defines. ENV's old form, `ENV NAME value`, has one value to the end of the line. */
export function definitionsOf({ keyword, text }: Instruction, escape: string): Definition[] {
  const words = splitWords(text, escape);
  const definitions = words.flatMap(({ start, end }): Definition[] => {
    const found = NAMED.exec(text.slice(start, Math.min(end, start + 200)).replaceAll("\0", ""));
    if (found === null) return [];
    const equals = found[2] === undefined ? -1 : text.indexOf("=", start);
    return [{ name: found[1], start, end, ...(equals >= 0 && { value: equals + 1 }) }];
  });
  if (keyword !== "ENV" || words.length < 2 || text.slice(words[0].start, words[0].end).includes("="))
    return definitions;
  const [first] = definitions;
  return first ? [{ ...first, end: words[1].end, value: words[1].start }] : [];
}

/** Adds what an ARG or ENV defines. What follows in the same instruction sees it where it is an ARG. */
export function define(
  instruction: Instruction,
  escape: string,
  values: Values,
  inherited: (name: string) => readonly Part[] | undefined = () => undefined,
): void {
  const { keyword, text, start } = instruction;
  const lookup: Lookup = (name) => values.get(name);
  for (const { name, value, end } of definitionsOf(instruction, escape)) {
    if (value === undefined) {
      if (!values.has(name)) values.set(name, inherited(name));
      continue;
    }
    const parts = expandWord({ text, start, span: { start: value, end }, escape }, lookup);
    const holder = `${keyword} ${name}`;
    values.set(
      name,
      parts?.filter((part) => part.text !== "").map((part) => ({ ...part, holder: part.holder ?? holder })),
    );
  }
}
