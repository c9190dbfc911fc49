import { Certainty, Purpose, type FileScan } from "../scan/imageUse";
import { literal, sliceParts, textOf, useOf, type Part } from "../scan/parts";
import { isPlaceholder } from "../scan/placeholder";
import { readReference } from "../reference/reference";
import { readInstructions, type Directive, type Instruction } from "./instructions";
import { scanRun } from "./run";
import { Stages } from "./stages";
import { define, type Values } from "./variables";
import { expandWord, splitWords, type Lookup, type Word } from "./words";

/** What is known at one instruction. */
interface State extends FileScan {
  escape: string;
  /** Of the ARGs before the first FROM, which FROM alone sees. */
  globals: Values;
  stages: Stages;
  /** ARG and ENV of the stage. */
  locals: Values;
  /** Those that nobody has asked for yet. */
  pending: Instruction[];
}

/** The images that a Dockerfile names. https://docs.docker.com/reference/dockerfile/ */
export function scanDockerfile(text: string): FileScan {
  const { directives, escape, instructions } = readInstructions(text);
  const state: State = {
    uses: [],
    problems: [],
    escape,
    globals: new Map(),
    stages: new Stages(),
    locals: new Map(),
    pending: [],
  };
  for (const directive of directives) readSyntax(state, directive);
  for (const instruction of instructions) readOne(state, instruction, "");
  return { uses: state.uses, problems: state.problems };
}

/** The image of the frontend: https://docs.docker.com/reference/dockerfile/#syntax */
function readSyntax(state: State, { name, value, start }: Directive): void {
  if (name !== "syntax") return;
  const [image] = value.split(/\s/, 1);
  report(state, [literal(image, start)], "# syntax");
}

function readOne(state: State, instruction: Instruction, before: string): void {
  switch (instruction.keyword) {
    case "FROM":
      return readFrom(state, instruction, before);
    case "ARG":
    case "ENV":
      if (state.stages.count > 0) state.pending.push(instruction);
      else if (instruction.keyword === "ARG") define(instruction, state.escape, state.globals);
      return;
    case "COPY":
    case "ADD":
      return readCopy(state, instruction, before);
    case "RUN":
      return readRun(state, instruction, before);
    case "ONBUILD":
      return readOnBuild(state, instruction);
  }
}

function readFrom(state: State, { text, start }: Instruction, before: string): void {
  const words = splitWords(text, state.escape).filter((word) => !text.startsWith("--", word.start));
  if (words.length === 0) {
    state.problems.push({ span: { start: start - 4, end: start }, message: "FROM names no image" });
    return;
  }
  const parts = baseOf(state, { text, start, span: words[0], escape: state.escape });
  if (parts && !state.stages.isNamed(parts) && textOf(parts) !== "scratch") report(state, parts, `${before}FROM`);
  const [, as, name] = words.map((word) => text.slice(word.start, word.end).replaceAll("\0", ""));
  state.stages.add(as?.toLowerCase() === "as" ? name : undefined);
  state.locals = new Map();
  state.pending = [];
}

/** The image of a FROM. Where an empty ARG makes it no name, whoever builds gives that ARG. */
function baseOf({ globals }: State, word: Word): Part[] | undefined {
  const parts = expandWord(word, (name) => globals.get(name));
  if (!parts || parts.some(({ open }) => open !== undefined) || readReference(textOf(parts)).problem === undefined)
    return parts;
  return expandWord(word, (name) => (globals.get(name)?.length === 0 ? undefined : globals.get(name)));
}

/** What `--from` or a mount names: a stage by name or number, or an image. Docker fills in no variable here. */
function readSource(state: State, parts: Part[], kind: string): void {
  const name = textOf(parts);
  if (name === "" || name === "scratch" || /^\d+$/.test(name) || state.stages.isNamed(parts)) return;
  if (name.includes("$"))
    state.problems.push({
      span: { start: parts[0].at.start, end: parts[parts.length - 1].at.end },
      message: `${kind} has ${name}, but Docker fills in no variables there: name a stage whose FROM has the variable`,
    });
  else report(state, parts, kind);
}

/** Options of an instruction, and where what follows them begins. */
function flagsOf(state: State, { text, start }: Instruction): { flags: Part[][]; rest: number } {
  const flags: Part[][] = [];
  let rest = 0;
  for (const span of splitWords(firstFlags(text), state.escape)) {
    if (!text.startsWith("--", span.start)) break;
    const parts = expandWord({ text, start, span, escape: state.escape }, asWritten);
    if (parts) flags.push(parts);
    rest = span.end;
  }
  return { flags, rest };
}

/** Most instructions have no options: their words need not be looked for. */
function firstFlags(text: string): string {
  return /^[\s\0]*--/.test(text) ? text : "";
}

const asWritten: Lookup = () => undefined;

function readCopy(state: State, instruction: Instruction, before: string): void {
  for (const flag of flagsOf(state, instruction).flags)
    if (/^--from=/i.test(textOf(flag)))
      readSource(state, sliceParts(flag, "--from=".length), `${before}${instruction.keyword} --from`);
}

function readRun(state: State, instruction: Instruction, before: string): void {
  const { flags, rest } = flagsOf(state, instruction);
  for (const flag of flags) for (const source of mountSources(flag)) readSource(state, source, `${before}RUN --mount`);
  state.uses.push(...scanRun(instruction, rest, (name) => localValue(state, name)));
}

/** `from=` of `--mount=type=bind,from=…`: https://docs.docker.com/reference/dockerfile/#run---mount */
function mountSources(flag: Part[]): Part[][] {
  const text = textOf(flag);
  if (!/^--mount=/i.test(text)) return [];
  const sources: Part[][] = [];
  for (let at = "--mount=".length; at < text.length;) {
    const comma = text.indexOf(",", at);
    const end = comma < 0 ? text.length : comma;
    const key = /^\s*from=/i.exec(text.slice(at, Math.min(end, at + 100)))?.[0];
    if (key !== undefined) sources.push(sliceParts(flag, at + key.length, end));
    at = end + 1;
  }
  return sources;
}

function localValue(state: State, name: string): readonly Part[] | undefined {
  for (const instruction of state.pending)
    define(instruction, state.escape, state.locals, (global) => state.globals.get(global));
  state.pending = [];
  return state.locals.get(name);
}

/** The instruction that images built upon this one will run: https://docs.docker.com/reference/dockerfile/#onbuild */
function readOnBuild(state: State, { text, start, at, heredocs }: Instruction): void {
  const found = /^[\s\0]*(\S+)/.exec(text);
  if (found === null) return;
  const keyword = found[1].replaceAll("\0", "").toUpperCase();
  if (keyword === "ONBUILD" || keyword === "FROM") return;
  const length = found[0].length;
  const word = heredocs.map((heredoc) => ({
    ...heredoc,
    word: { start: heredoc.word.start - length, end: heredoc.word.end - length },
  }));
  readOne(state, { keyword, text: text.slice(length), start: start + length, at, heredocs: word }, "ONBUILD ");
}

function report(state: State, parts: Part[], kind: string): void {
  if (parts.length === 0) return;
  const use = useOf(parts, { kind, purpose: Purpose.Pull, certainty: Certainty.Certain });
  if (isPlaceholder(use.reference)) return;
  const { problem } = use.open.length > 0 ? {} : readReference(use.reference);
  if (problem === undefined) state.uses.push(use);
  else
    state.problems.push({ span: use.span, message: `${kind} has "${use.reference}": a name of an image ${problem}` });
}
