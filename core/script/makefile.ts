import { textOf, type Part } from "../scan/parts";
import { type ImageUse } from "../scan/imageUse";
import type { Assignment } from "./assignments";
import { scanCommand, type CommandContext } from "./command";
import { Environment, isOutput } from "./environment";
import { readShell, type Command } from "./shell";
import type { Word } from "./shellWords";

/** A variable of make, or of just. */
interface Definition {
  value: string;
  start: number;
  operator: string;
}

const ASSIGNMENT = /^[ \t]*(?:(?:export|override|private)[ \t]+)*([\w.-]{1,100})[ \t]*(\?=|::?:?=|=|!=|\+=)[ \t]*/;

/** Before the first of these, a line that begins with a tab is no recipe's. */
const RULE = /^[^\s#=][^=#]*:(?!:?=)/;

/** Variables are followed through others so deep. */
const MOST_DEPTH = 20;
const MOST_PARTS = 64;
const MOST_REPLACED = 200;
const MOST_TEXT = 4096;

/** The images in a makefile's recipes, and what its variables hold. https://www.gnu.org/software/make/manual/make.html */
export function scanMakefile(
  text: string,
  recipeStart: RegExp,
  context: CommandContext,
): { uses: ImageUse[]; assignments: Assignment[] } {
  const definitions = new Map<string, Definition>();
  const replaced: [string, Definition][] = [];
  const recipes: { text: string; start: number }[] = [];
  let hasRule = false;
  for (const line of logicalLines(text)) {
    hasRule ||= RULE.test(line.text);
    const prefix = hasRule ? recipeStart.exec(line.text)?.[0] : undefined;
    if (prefix !== undefined) recipes.push({ text: line.text.slice(prefix.length), start: line.start + prefix.length });
    else define(definitions, replaced, line);
  }
  const variable = variablesOf(definitions);
  const uses = recipes.flatMap((recipe) =>
    scanCommand(recipe.text, recipe.start, {
      ...context,
      isRecipe: true,
      variable,
      environment: new Environment(variable),
    }),
  );
  const assignments = [...replaced, ...definitions].flatMap(([name, definition]) => {
    const parts = definitions.get(name) === definition ? variable(name) : valueOf(definition, variable);
    return parts && parts.length > 0 && !parts.some((part) => part.open) ? { name, parts } : [];
  });
  return { uses, assignments };
}

/** Lines with those that a backslash joins to them. */
function* logicalLines(text: string): Generator<{ text: string; start: number }> {
  for (let start = 0; start < text.length;) {
    let end = lineEnd(text, start);
    while (end < text.length && /\\\r?$/.test(text.slice(Math.max(start, end - 2), end))) end = lineEnd(text, end + 1);
    yield { text: text.slice(start, end), start };
    start = end + 1;
  }
}

function lineEnd(text: string, at: number): number {
  const newline = text.indexOf("\n", at);
  return newline < 0 ? text.length : newline;
}

/** The last value counts, and a default (`?=`) only where there is none. What it replaces may be another condition's. */
function define(
  definitions: Map<string, Definition>,
  replaced: [string, Definition][],
  { text, start }: { text: string; start: number },
): void {
  const found = ASSIGNMENT.exec(text);
  if (found === null) return;
  const [whole, name, operator] = found;
  if (operator === "?=" && definitions.has(name)) return;
  const before = definitions.get(name);
  if (before !== undefined && replaced.length < MOST_REPLACED) replaced.push([name, before]);
  definitions.set(name, { value: text.slice(whole.length), start: start + whole.length, operator });
}

/** Values as recipes get them; what a shell or a later addition gives is open. */
function variablesOf(definitions: ReadonlyMap<string, Definition>): (name: string) => Part[] | undefined {
  const known = new Map<string, Part[] | undefined>();
  let depth = 0;
  const variable = (name: string): Part[] | undefined => {
    if (known.has(name)) return known.get(name);
    const definition = definitions.get(name);
    if (definition === undefined || /[+!]/.test(definition.operator) || depth >= MOST_DEPTH) return undefined;
    known.set(name, undefined);
    depth++;
    const parts = valueOf(definition, variable)?.map((part) => ({ ...part, holder: part.holder ?? name }));
    depth--;
    known.set(name, parts);
    return parts;
  };
  return variable;
}

/** The words of the value, which are one command: what runs within it comes before it. */
function valueOf({ value, start }: Definition, variable: (name: string) => Part[] | undefined): Part[] | undefined {
  let words: readonly Word[] = [];
  const listener = {
    command: (command: Command) => {
      words = command.words;
    },
    hereDocument: () => undefined,
  };
  const environment = new Environment(variable);
  readShell({ text: value, start, environment, hasParentheses: true, isRecipe: true }, listener);
  const parts = words.flatMap((word, i) =>
    i === 0 ? word.parts : [{ text: " ", at: { start, end: start } }, ...word.parts],
  );
  const isWhole = !isOutput(parts) && (parts.length === 0 || parts[0].at.start <= start + 1);
  return isWhole && parts.length <= MOST_PARTS && textOf(parts).length <= MOST_TEXT ? parts : undefined;
}
