import type { Span } from "../scan/imageUse";
import { readInstructions, type Instruction } from "./instructions";
import { definitionsOf } from "./variables";

/** An ARG that has a default, and everything in the file that its value reaches directly. */
export interface ArgDefault {
  name: string;
  /** `NAME=value`, quotes included. */
  span: Span;
  /** What stands after the `=`, quotes included; empty for `ARG NAME=`. */
  value: Span;
  /** In the order of the file. A use in another ARG is not followed further: that ARG has uses of its own. */
  uses: ArgUse[];
}

/** A place that an ARG's default reaches. */
export interface ArgUse {
  /**
   * The instruction: `FROM`, `ARG`, `RUN`, `ENV`, …; `inherited` for an `ARG NAME` without a default in a stage: what
   * the stage runs may read it from its environment, even where the file does not show it.
   */
  kind: string;
  /** `$NAME` or the beginning of `${NAME…`, or the name that is inherited. */
  span: Span;
}

/** What a name means inside stages. Where it may mean two, both are told of a use. */
interface Visible {
  inherited?: ArgDefault;
  own?: ArgDefault;
}

/**
 * Every ARG's default and its uses: what a change of the default would change. It says too much rather than too
 * little: names in comments of scripts and after quotes count, and so do those in stages built upon a stage that has the
 * ARG. https://docs.docker.com/reference/dockerfile/#scope
 */
export function argUses(text: string): ArgDefault[] {
  const { escape, instructions } = readInstructions(text);
  const all: ArgDefault[] = [];
  const globals = new Map<string, ArgDefault>();
  const locals = new Map<string, Visible>();
  let isInStage = false;
  for (const instruction of instructions) {
    const { keyword } = instruction;
    const visible = (name: string): (ArgDefault | undefined)[] =>
      keyword === "FROM" || !isInStage ? [globals.get(name)] : [locals.get(name)?.inherited, locals.get(name)?.own];
    const isArg = keyword === "ARG";
    if (!isArg) addUses(instruction, visible);
    if (keyword === "FROM") isInStage = true;
    if (isArg) for (const found of defined(instruction, escape, visible)) add(found);
  }
  return all;

  function add({ name, span, argument }: Defined): void {
    if (argument) all.push(argument);
    if (!isInStage) {
      if (argument) globals.set(name, argument);
      return;
    }
    const before = locals.get(name) ?? {};
    const inherited = argument === undefined ? globals.get(name) : before.inherited;
    if (argument === undefined) inherited?.uses.push({ kind: "inherited", span });
    locals.set(name, { ...before, ...(inherited && { inherited }), ...(argument && { own: argument }) });
  }
}

interface Defined {
  name: string;
  span: Span;
  argument?: ArgDefault;
}

/** Yields each before the next is read, which may use it. */
function* defined(
  instruction: Instruction,
  escape: string,
  visible: (name: string) => (ArgDefault | undefined)[],
): Generator<Defined> {
  const { text, start } = instruction;
  for (const { name, start: from, end, value } of definitionsOf(instruction, escape)) {
    const span = { start: start + from, end: start + end };
    if (value !== undefined) addUses({ ...instruction, text: text.slice(value, end), start: start + value }, visible);
    yield {
      name,
      span,
      ...(value !== undefined && {
        argument: { name, span, value: { start: start + value, end: start + end }, uses: [] },
      }),
    };
  }
}

const VARIABLE = /\$\{?([A-Za-z_]\w*)/g;

function addUses(
  { keyword, text, start, heredocs }: Instruction,
  visible: (name: string) => (ArgDefault | undefined)[],
): void {
  for (const body of [{ text, start }, ...heredocs])
    for (const found of body.text.matchAll(VARIABLE)) {
      const at = body.start + found.index;
      for (const argument of visible(found[1]))
        argument?.uses.push({ kind: keyword, span: { start: at, end: at + found[0].length } });
    }
}
