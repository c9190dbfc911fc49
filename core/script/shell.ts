import { BREAKS, fieldsOf, WordReader, type ShellText, type Word } from "./shellWords";

/** A simple command: a program with its arguments. */
export interface Command {
  words: Word[];
  /** Files that its output goes to. */
  outputs: string[];
}

/** A here-document, with the commands of the line that begins it. */
export interface HereDocument {
  text: string;
  start: number;
  commands: Command[];
}

/** What a shell text consists of, told in its order; a command within another's `$(…)` comes first. */
export interface ShellListener {
  command(command: Command): void;
  hereDocument(document: HereDocument): void;
}

const HERE_DOCUMENT = /<<(-?)[ \t]*(?:"([^"\n]{1,100})"|'([^'\n]{1,100})'|\\?([\w.+-]{1,100}))/y;

/** Reads a text as shells do, in one pass and whatever it holds. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html */
export function readShell(shell: ShellText, listener: ShellListener): void {
  const reader = new CommandReader(shell, listener);
  while (reader.at < shell.text.length) {
    reader.list("");
    reader.at++;
  }
}

class CommandReader extends WordReader {
  #pending: { name: string; mayIndent: boolean }[] = [];
  #line: Command[] = [];
  #ends: Map<string, number> | undefined;

  constructor(
    shell: ShellText,
    readonly listener: ShellListener,
  ) {
    super(shell);
  }

  protected nested(end: ")" | "`"): void {
    const line = this.#line;
    this.#line = [];
    this.list(end);
    this.#line = line;
  }

  /** Commands up to the end, which is left unread. */
  list(end: "" | ")" | "`"): void {
    const text = this.text;
    let command: Command = { words: [], outputs: [] };
    let redirect: "" | "out" | "in" = "";
    const finish = () => {
      if (command.words.length > 0 || command.outputs.length > 0) {
        this.listener.command(command);
        if (this.#line.length < 50) this.#line.push(command);
      }
      command = { words: [], outputs: [] };
      redirect = "";
    };
    while (this.at < this.stop) {
      const c = text[this.at];
      if (c === end) break;
      if (c === "\n") {
        finish();
        this.at++;
        if (this.#pending.length > 0) this.#hereDocuments();
        else if (end === "") this.#line = [];
      } else if (c === "\\" && text[this.at + 1] === "\n") this.at += 2;
      else if (c === "\\" && text.startsWith("\r\n", this.at + 1)) this.at += 3;
      else if (c === " " || c === "\t" || c === "\r" || c === "\0") this.at++;
      else if (c === "#") this.at = lineEnd(text, this.at);
      else if (c === "(" && lastText(command).endsWith("=")) this.#array(command);
      else if (c === "<" && this.#hereDocument()) redirect = "";
      else if (c === "<" || c === ">") {
        const isNested = text[this.at + 1] === "(";
        redirect = isNested ? "" : c === ">" ? "out" : "in";
        if (/^\d$/.test(lastText(command))) command.words.pop();
        this.at++;
        while (!isNested && this.at < text.length && "<>&|".includes(text[this.at])) this.at++;
      } else if (";&|()".includes(c)) {
        finish();
        this.at++;
      } else {
        const from = this.at;
        const word = this.word(end);
        if (redirect === "") command.words.push(...(text[from] === "$" ? fieldsOf(word) : [word]));
        else if (redirect === "out") command.outputs.push(word.text);
        redirect = "";
      }
    }
    finish();
  }

  /** `NAME=(one two)`: its words, one of them `NAME=`, are told as a command that assigns. */
  #array(command: Command): void {
    const name = command.words.pop();
    const words: Word[] = [];
    this.at++;
    while (this.at < this.stop && this.text[this.at] !== ")") {
      const c = this.text[this.at];
      if (c === "#") this.at = lineEnd(this.text, this.at);
      else if (BREAKS.includes(c) || c === "\0" || (c === "\\" && /[\r\n]/.test(this.text[this.at + 1] ?? "")))
        this.at++;
      else words.push(this.word(""));
    }
    this.at++;
    if (name) this.shell.environment.setList(name.text.slice(0, -1), words);
  }

  #hereDocument(): boolean {
    HERE_DOCUMENT.lastIndex = this.at;
    const found = HERE_DOCUMENT.exec(this.text);
    const name = found?.[2] ?? found?.[3] ?? found?.[4];
    if (found === null || name === undefined || !this.#willCome(name)) return false;
    this.#pending.push({ name, mayIndent: found[1] === "-" });
    this.at = HERE_DOCUMENT.lastIndex;
    return true;
  }

  /** Whether a later line is this text alone, blanks aside. */
  #willCome(name: string): boolean {
    if (this.#ends === undefined) {
      this.#ends = new Map();
      for (let at = 0; at < this.text.length; at = lineEnd(this.text, at) + 1) {
        const end = lineEnd(this.text, at);
        if (end - at < 200) this.#ends.set(this.text.slice(at, end).trim(), at);
      }
    }
    return (this.#ends.get(name) ?? -1) > this.at;
  }

  #hereDocuments(): void {
    const commands = this.#line;
    for (const { name } of this.#pending) {
      const start = this.at;
      let end = start;
      while (this.at < this.text.length) {
        end = this.at;
        this.at = lineEnd(this.text, end) + 1;
        if (this.at - end < 400 && this.text.slice(end, this.at).trim() === name) break;
        end = Math.min(this.at, this.text.length);
      }
      this.at = Math.min(this.at, this.text.length);
      const text = this.text.slice(start, end);
      this.listener.hereDocument({ text, start: this.shell.start + start, commands });
    }
    this.#pending = [];
    this.#line = [];
  }
}

function lastText({ words }: Command): string {
  return words[words.length - 1]?.text ?? "";
}

function lineEnd(text: string, at: number): number {
  const newline = text.indexOf("\n", at);
  return newline < 0 ? text.length : newline;
}
