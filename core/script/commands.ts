import type { Part } from "../scan/parts";
import type { Environment } from "./environment";
import { after } from "./options";
import { programOf, readProgram } from "./programs";
import type { Report } from "./report";
import type { Word } from "./shell";

const ASSIGNMENT = /^([A-Za-z_]\w*)\+?=/;

/** Words before a command that are no part of it. */
const BEFORE =
  /^(?:if|then|else|elif|do|while|until|!|\{|\}|time|exec|command|builtin|nohup|sudo|doas|env|xargs|timeout|nice|ionice|retry|run|eval|watch|shell|[-@+]+)$/;

const DECLARES = /^(?:export|local|readonly|declare|typeset)$/;

/** Commands that run another command, with the option after which its text stands. */
const SHELLS = /^(?:ba|da|z|k|a)?sh$/;

/** Reads one command: what it sets, and what its program names. `inner` reads the text of `sh -c`. */
export function readCommand(report: Report, all: readonly Word[], inner: (word: Word) => void): void {
  const { environment } = report;
  let words = all;
  let isWrapped = false;
  for (;;) {
    const [first] = words;
    if (first === undefined) return;
    const name = ASSIGNMENT.exec(first.text.slice(0, 200))?.[1];
    const isLast = words.length === 1 || words.every((word) => ASSIGNMENT.test(word.text.slice(0, 200)));
    if (name !== undefined && first.parts[0].text.startsWith(name)) {
      if (isLast && !isWrapped) assign(environment, first, name);
      words = words.slice(1);
    } else if (BEFORE.test(first.text)) {
      isWrapped ||= /^(?:sudo|env|xargs|timeout|nice|retry)$/.test(first.text);
      words = words.slice(1);
    } else if (isWrapped && (first.text.startsWith("-") || /^\d+[smh]?$/.test(first.text))) words = words.slice(1);
    else break;
  }
  const [first, ...rest] = words;
  if (DECLARES.test(first.text)) return declare(environment, rest);
  if (first.text === "for" && rest[1]?.text === "in") return environment.setList(rest[0].text, rest.slice(2));
  if (first.text === "read") return rest.forEach((word) => environment.set(word.text, undefined));
  const program = programOf(first);
  if (SHELLS.test(program)) readInner(rest, inner);
  readProgram(report, words);
}

function declare(environment: Environment, words: readonly Word[]): void {
  for (const word of words) {
    const name = ASSIGNMENT.exec(word.text.slice(0, 200))?.[1];
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
