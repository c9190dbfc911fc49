import { literal, sliceParts, type Part } from "../scan/parts";
import { readVariable } from "../scan/variables";
import type { Environment } from "./environment";

/** A word of a command with its variables filled in. */
export interface Word {
  parts: Part[];
  text: string;
}

/** A shell text, and how to read it. */
export interface ShellText {
  text: string;
  /** Where the text begins in the file. */
  start: number;
  environment: Environment;
  /** `$(NAME)` is a variable where it holds one name: in Makefiles and in Kubernetes' and Tekton's fields. */
  hasParentheses?: boolean;
  /** `$$` is a dollar sign of the shell, as in recipes of make. */
  isRecipe?: boolean;
}

/** Substitutions are followed within one another so deep; deeper dollar signs are plain characters. */
const MOST_DEPTH = 20;
/** Substitutions and templates that are longer are shown without their text. */
const MOST_SHOWN = 200;
/** Templates (`{{ … }}`) and odd variables end within so many characters, or are none. */
const MOST_TEMPLATE = 400;
/** Words longer than this name nothing. */
const MOST_PARTS = 200;

/** Characters that end a word without quotes. */
export const BREAKS = " \t\r\n;&|<>()";
const PARENTHESIZED = /\$\(([\w.[\]"'*-]{1,100})\)/y;

/** Reads the words of a shell text; what the commands in them do is read by who reads commands. */
export abstract class WordReader {
  at = 0;
  protected readonly text: string;
  /** Where reading ends: before it, while the word of an operator is read. */
  protected stop: number;
  #depth = 0;

  constructor(readonly shell: ShellText) {
    this.text = shell.text;
    this.stop = shell.text.length;
  }

  /** Reads the commands of a substitution up to its end, which is left unread. */
  protected abstract nested(end: ")" | "`"): void;

  protected word(end: string): Word {
    const parts: Part[] = [];
    const from = this.at;
    this.#read(parts, (c) => c === end || BREAKS.includes(c), "");
    if (this.at === from) this.at++;
    return wordOf(parts);
  }

  /** Reads up to a character that stops it, which is left unread. */
  #read(parts: Part[], stops: (c: string) => boolean, quote: "" | '"'): void {
    const text = this.text;
    let run = this.at;
    const flush = () => {
      if (this.at > run && parts.length < MOST_PARTS)
        parts.push(literal(text.slice(run, this.at), this.shell.start + run));
    };
    while (this.at < this.stop) {
      const c = text[this.at];
      if (stops(c)) break;
      const special =
        c === "\0" || c === "\\" || c === "$" || c === "`" || c === "{" || (quote === "" && (c === '"' || c === "'"));
      if (!special) {
        this.at++;
        continue;
      }
      flush();
      const before = this.at;
      run = this.#special(c, parts, quote) ? this.at : before;
      if (run === before) this.at = before + 1;
    }
    flush();
  }

  /** Whether it was more than a plain character. */
  #special(c: string, parts: Part[], quote: "" | '"'): boolean {
    switch (c) {
      case "\0":
        this.at++;
        return true;
      case "\\":
        return this.#escape(parts, quote);
      case "$":
        return this.#dollar(parts);
      case "`":
        return this.#substitution(parts, this.at + 1, "`");
      case "{":
        return this.text[this.at + 1] === "{" && this.#template(parts, this.at + 2, "}}");
      case "'":
        return this.#singleQuoted(parts);
      default:
        this.at++;
        this.#read(parts, (d) => d === '"', '"');
        this.at++;
        return true;
    }
  }

  #singleQuoted(parts: Part[]): boolean {
    const end = this.text.indexOf("'", this.at + 1);
    if (end < 0 || end >= this.stop) return false;
    const text = this.text.slice(this.at + 1, end);
    if (text !== "") parts.push(literal(text, this.shell.start + this.at + 1));
    this.at = end + 1;
    return true;
  }

  #escape(parts: Part[], quote: "" | '"'): boolean {
    const next = this.text[this.at + 1] ?? "";
    const newline = /^\r?\n/.exec(this.text.slice(this.at + 1, this.at + 3))?.[0];
    if (newline === undefined && quote === '"' && !'$`"\\'.includes(next)) return false;
    if (newline === undefined && next !== "") parts.push({ text: next, at: this.#place(this.at, this.at + 2) });
    this.at = Math.min(this.text.length, this.at + 1 + (newline?.length ?? 1));
    return true;
  }

  #dollar(parts: Part[]): boolean {
    const { isRecipe, hasParentheses } = this.shell;
    const text = this.text;
    if (isRecipe && text[this.at + 1] === "$") {
      this.at++;
      return this.#variable(parts);
    }
    if (text.startsWith("${{", this.at)) return this.#template(parts, this.at + 3, "}}");
    if (text[this.at + 1] !== "(") return this.#variable(parts);
    PARENTHESIZED.lastIndex = this.at;
    const named = hasParentheses ? PARENTHESIZED.exec(text) : null;
    if (named !== null) {
      this.#value(parts, named[1], this.at + named[0].length);
      return true;
    }
    if (text.startsWith("$((", this.at) && this.#template(parts, this.at + 3, "))")) return true;
    return this.#substitution(parts, this.at + 2, ")");
  }

  /** What runs in it is told; what it gives is open. */
  #substitution(parts: Part[], from: number, end: ")" | "`"): boolean {
    if (this.#depth >= MOST_DEPTH) return false;
    const start = this.at;
    this.#depth++;
    this.at = from;
    this.nested(end);
    this.#depth--;
    this.at = Math.min(this.text.length, this.at + 1);
    this.#open(parts, start, end === ")" ? "$(…)" : "`…`");
    return true;
  }

  #template(parts: Part[], from: number, closing: string): boolean {
    const window = this.text.slice(from, from + MOST_TEMPLATE);
    const length = window.indexOf(closing);
    if (length < 0) return false;
    this.#value(parts, window.slice(0, length).trim(), from + length + closing.length);
    return true;
  }

  #variable(parts: Part[]): boolean {
    const found = readVariable(this.text, this.at);
    if (found === undefined) return this.text[this.at + 1] === "{" && this.#template(parts, this.at + 2, "}");
    const place = this.#place(this.at, found.end);
    const value = this.shell.environment.get(found.name);
    const isSet = value !== undefined && (value.length > 0 || !found.operator?.startsWith(":"));
    if (/^:?[-=+]$/.test(found.operator ?? "") && isSet === (found.operator?.endsWith("+") ?? false)) {
      const inner: Part[] = [];
      this.at = found.word;
      this.#depth++;
      const stop = this.stop;
      this.stop = Math.min(stop, found.wordEnd);
      if (this.#depth < MOST_DEPTH) this.#read(inner, () => false, "");
      this.stop = stop;
      this.#depth--;
      if (found.operator?.endsWith("=")) this.shell.environment.set(found.name, inner);
      for (const part of inner) parts.push({ ...part, at: place });
    } else if (found.operator === "other") this.#open(parts, place.start - this.shell.start, found.name, found.end);
    else if (!found.operator?.endsWith("+")) this.#value(parts, found.name, found.end);
    this.at = found.end;
    return true;
  }

  #value(parts: Part[], name: string, end: number): void {
    const place = this.#place(this.at, end);
    const value = this.shell.environment.get(name);
    if (value === undefined) this.#open(parts, this.at, name, end);
    else if (parts.length < MOST_PARTS) for (const part of value) parts.push({ ...part, at: place });
    this.at = end;
  }

  #open(parts: Part[], start: number, name: string, end = this.at): void {
    if (parts.length >= MOST_PARTS) return;
    const at = this.#place(start, end);
    const raw = this.text.slice(start, Math.min(end, start + MOST_SHOWN + 1));
    if (raw.length > MOST_SHOWN || /[\n\0]/.test(raw)) parts.push({ text: "$(…)", at, open: name });
    else parts.push({ text: raw, span: at, at, open: name.endsWith("…)") ? raw : name });
  }

  #place(start: number, end: number) {
    return { start: this.shell.start + start, end: this.shell.start + end };
  }
}

/** A word of parts. */
export function wordOf(parts: Part[]): Word {
  return { parts, text: parts.length === 1 ? parts[0].text : parts.map((part) => part.text).join("") };
}

/** Without quotes, a variable may hold several words, or none. */
export function fieldsOf(word: Word): Word[] {
  if (word.parts.length === 0) return [];
  const shown = word.parts.map(({ text, open }) => (open === undefined ? text : "x".repeat(text.length))).join("");
  if (!/\s/.test(shown)) return [word];
  return Array.from(shown.matchAll(/\S+/g), (found) =>
    wordOf(sliceParts(word.parts, found.index, found.index + found[0].length)),
  );
}
