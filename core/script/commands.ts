import type { Part } from "../scan/parts";
import type { Environment } from "./environment";
import { after } from "./options";
import { programOf, readProgram } from "./programs";
import type { Report } from "./report";
import type { Word } from "./shellWords";

const ASSIGNMENT = /^([A-Za-z_]\w*)\+?=/;

/** Words before a command that are no part of it. */
const BEFORE =
  /^(?:if|then|else|elif|do|while|until|!|\{|\}|time|exec|command|builtin|nohup|sudo|doas|env|xargs|timeout|nice|ionice|retry|run|eval|watch|shell|[-@+]+)$/;

/** Those of them that take options of their own. */
const WRAPS = /^(?:sudo|doas|env|xargs|timeout|nice|ionice|retry)$/;

const DECLARES = /^(?:export|local|readonly|declare|typeset)$/;

/** Commands that run another command, with the option after which its text stands. */
const SHELLS = /^(?:ba|da|z|k|a)?sh$/;

/** Reads one command: what it sets, and what its program names. `inner` reads the text of `sh -c`. */
export function readCommand(report: Report, all: readonly Word[], inner: (word: Word) => void): void {
  const { environment } = report;
  const words = all.slice(beginning(all));
  if (words.length === 0) return declare(environment, all);
  const [first, ...rest] = words;
  if (DECLARES.test(first.text)) return declare(environment, rest);
  if (first.text === "for" && rest[1]?.text === "in") return environment.setList(rest[0].text, rest.slice(2));
  if (first.text === "read") return rest.forEach((word) => environment.set(word.text, undefined));
  if (SHELLS.test(programOf(first))) readInner(rest, inner);
  readProgram(report, words);
}

/** Where the program stands: after keywords, settings, `sudo -u x`, and what a variable may put before it. */
function beginning(words: readonly Word[]): number {
  let isWrapped = false;
  for (let i = 0; i < words.length; i++) {
    const { text } = words[i];
    if (BEFORE.test(text)) isWrapped ||= WRAPS.test(text);
    else if (isWrapped && /^-[ugI]$/.test(text)) i++;
    else if (isWrapped && /^(?:-|\d+[smh]?$)/.test(text)) continue;
    else if (nameOf(words[i]) === undefined && !isPrefix(words, i)) return i;
  }
  return words.length;
}

function isPrefix(words: readonly Word[], i: number): boolean {
  const { parts } = words[i];
  return parts.length === 1 && parts[0].open !== undefined && i + 1 < words.length && programOf(words[i]) === "";
}

/** What `NAME=value` sets. */
function nameOf({ text, parts }: Word): string | undefined {
  const name = ASSIGNMENT.exec(text.slice(0, 200))?.[1];
  return name !== undefined && parts[0].text.startsWith(name) ? name : undefined;
}

function declare(environment: Environment, words: readonly Word[]): void {
  for (const word of words) {
    const name = nameOf(word);
    if (name !== undefined) assign(environment, word, name);
  }
}

function assign(environment: Environment, word: Word, name: string): void {
  const value: Part[] = after(word, name.length + 1).parts;
  const isOfItself = word.text[name.length] === "+" || value.some((part) => part.open === name);
  environment.set(name, isOfItself ? undefined : value);
}

/** The text after `-c`, `-ec`, `-lc`. */
function readInner(words: readonly Word[], inner: (word: Word) => void): void {
  const at = words.findIndex((word) => /^-[a-z]*c$/.test(word.text));
  if (at >= 0 && words[at + 1]) inner(words[at + 1]);
}
