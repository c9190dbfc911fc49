import type { Span } from "../scan/imageUse";
import { splitWords } from "./words";

/** One instruction of a Dockerfile. */
export interface Instruction {
  /** In capital letters. */
  keyword: string;
  /**
   * What follows the keyword, as long as in the file: what joins lines (the escape, the line break, comments and empty
   * lines between) is as many NUL characters, which readers skip.
   */
  text: string;
  /** Where `text` begins in the file. */
  start: number;
  /** Where the keyword begins. */
  at: number;
  heredocs: Heredoc[];
}

/** Lines that follow an instruction and belong to it: https://docs.docker.com/reference/dockerfile/#here-documents */
export interface Heredoc {
  text: string;
  start: number;
  /** Where its word `<<EOF` stands in the instruction's text. */
  word: Span;
}

/** A parser directive: https://docs.docker.com/reference/dockerfile/#parser-directives */
export interface Directive {
  /** In small letters. */
  name: string;
  value: string;
  /** Where the value begins in the file. */
  start: number;
}

/** A Dockerfile taken apart. */
export interface DockerfileParts {
  directives: Directive[];
  /** Escapes a character and joins lines: a backslash, or a backtick. */
  escape: string;
  instructions: Instruction[];
}

const DIRECTIVE = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(?=\S)/;
const DIRECTIVES = ["escape", "syntax", "check"];
const TAKES_HEREDOC = /^(?:(?:ONBUILD\s+)?(?:RUN|COPY|ADD))$/;
const HEREDOC = /^\d*<<(-?)([^<]+)$/;

/** Takes a Dockerfile apart as BuildKit does, in one pass: nothing in it is looked at more than a few times. */
export function readInstructions(text: string): DockerfileParts {
  const lines = new Lines(text);
  const { directives, escape } = readDirectives(lines);
  const instructions: Instruction[] = [];
  while (lines.next()) {
    const at = lines.firstCharacter();
    if (at === lines.end || text[at] === "#") continue;
    const instruction = readInstruction(lines, at, escape);
    if (TAKES_HEREDOC.test(instruction.keyword) || instruction.keyword === "ONBUILD")
      instruction.heredocs = readHeredocs(lines, instruction, escape);
    instructions.push(instruction);
  }
  return { directives, escape, instructions };
}

/** A file's lines, one after the other; `end` is before the line break. */
class Lines {
  start = 0;
  end = 0;
  after: number;
  #lastPlaces: Map<string, number> | undefined;

  constructor(readonly text: string) {
    this.after = text.startsWith("\ufeff") ? 1 : 0;
  }

  next(): boolean {
    if (this.after >= this.text.length) return false;
    this.start = this.after;
    const newline = this.text.indexOf("\n", this.start);
    const end = newline < 0 ? this.text.length : newline;
    this.after = newline < 0 ? end : newline + 1;
    this.end = end > this.start && this.text[end - 1] === "\r" ? end - 1 : end;
    return true;
  }

  firstCharacter(): number {
    let i = this.start;
    while (i < this.end && isBlank(this.text.charCodeAt(i))) i++;
    return i;
  }

  /** Whether a later line is this text alone, tabs before it aside. */
  willCome(line: string): boolean {
    if (this.#lastPlaces === undefined) {
      this.#lastPlaces = new Map();
      for (let at = 0; at < this.text.length;) {
        const newline = this.text.indexOf("\n", at);
        const end = newline < 0 ? this.text.length : newline;
        if (end - at < 200) this.#lastPlaces.set(this.text.slice(at, end).replace(/^\t+/, "").replace(/\r$/, ""), at);
        at = end + 1;
      }
    }
    return (this.#lastPlaces.get(line) ?? -1) >= this.after;
  }
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** Directives stand before all else; unknown ones are comments, and a line that is none ends them. */
function readDirectives(lines: Lines): { directives: Directive[]; escape: string } {
  const directives: Directive[] = [];
  let escape = "\\";
  for (let before = lines.after, first = true; lines.next(); before = lines.after, first = false) {
    const line = lines.text.slice(lines.start, lines.end);
    if (first && line.startsWith("#!")) continue;
    const found = DIRECTIVE.exec(line);
    const name = found?.[1].toLowerCase() ?? "";
    if (found === null || directives.some((other) => other.name === name)) {
      lines.after = before;
      break;
    }
    if (!DIRECTIVES.includes(name)) continue;
    const value = line.slice(found[0].length).trimEnd();
    directives.push({ name, value, start: lines.start + found[0].length });
    if (name === "escape" && value === "`") escape = "`";
  }
  return { directives, escape };
}

/** From its first line to the last that the escape joins to it. */
function readInstruction(lines: Lines, at: number, escape: string): Instruction {
  const { text } = lines;
  const parts: string[] = [];
  let from = at;
  for (;;) {
    const joins = joinsAt(text, from, lines.end, escape);
    parts.push(text.slice(from, joins ?? lines.end));
    from = joins ?? lines.end;
    if (joins === undefined || !nextJoined(lines)) break;
    parts.push("\0".repeat(lines.start - from));
    from = lines.start;
  }
  const whole = parts.length === 1 ? parts[0] : parts.join("");
  const keyword = /^\S*/.exec(whole)?.[0] ?? "";
  return {
    keyword: keyword.replaceAll("\0", "").toUpperCase(),
    text: whole.slice(keyword.length),
    start: at + keyword.length,
    at,
    heredocs: [],
  };
}

/** Where the escape stands that joins the next line: the last of the line, blanks aside, and no escape before it. */
function joinsAt(text: string, from: number, end: number, escape: string): number | undefined {
  let last = end - 1;
  while (last >= from && (text[last] === " " || text[last] === "\t")) last--;
  return last >= from && text[last] === escape && (last === from || text[last - 1] !== escape) ? last : undefined;
}

/** Empty lines and comments between are left out. */
function nextJoined(lines: Lines): boolean {
  while (lines.next()) {
    const first = lines.firstCharacter();
    if (first < lines.end && lines.text[first] !== "#") return true;
  }
  return false;
}

/** What never ends is none: the instructions below it are worth more. */
function readHeredocs(lines: Lines, { text }: Instruction, escape: string): Heredoc[] {
  if (!text.includes("<<")) return [];
  const heredocs: Heredoc[] = [];
  for (const word of splitWords(text, escape)) {
    const found = HEREDOC.exec(text.slice(word.start, Math.min(word.end, word.start + 200)).replaceAll("\0", ""));
    const name = found?.[2].replace(/["'\\]/g, "") ?? "";
    if (found === null || name === "" || !lines.willCome(name)) continue;
    heredocs.push({ ...readBody(lines, name, found[1] === "-"), word });
  }
  return heredocs;
}

function readBody(lines: Lines, name: string, mayIndent: boolean): { text: string; start: number } {
  const { text, after: start } = lines;
  while (lines.next()) {
    let from = lines.start;
    while (mayIndent && text[from] === "\t") from++;
    if (lines.end - from === name.length && text.startsWith(name, from))
      return { text: text.slice(start, lines.start), start };
  }
  return { text: text.slice(start), start };
}
