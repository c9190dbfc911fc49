import { literal, type Part } from "../scan/parts";
import { MASK } from "./masks";
import { type Scalar } from "./tree";

/** A variable's value in the same file, with what holds it: `params.image`, `substitutions._TAG`. */
export interface Held {
  value: Scalar;
  holder: string;
}

/** Finds a variable's value where the file gives it. */
export type Lookup = (name: string) => Held | undefined;

/** Values that lead to values: no file needs more. */
const MOST_STEPS = 8;

/** Longer texts are no names of images. */
const MOST_CHARACTERS = 2048;

/** How all the formats write variables: GitHub, Argo and Jinja, shells and Compose, Tekton and Azure, CircleCI, templates. */
const OPENING = new RegExp(`\\$\\{\\{|\\{\\{|\\$\\{|\\$\\(|\\$\\[|<<|\\$[A-Za-z_]\\w*|${MASK}+`, "g");

const CLOSING: Readonly<Record<string, string>> = { "${{": "}}", "{{": "}}", "<<": ">>", "$[": "]" };

/** A variable within a text. */
interface Variable {
  start: number;
  end: number;
  name: string;
  /** Default that stands within it, `${NAME:-default}`. */
  fallback?: { start: number; end: number };
}

/**
 * A value as parts of a name: variables that the file knows filled in, the others open.
 *
 * @param source text of the file as it is, which a template's masked expressions are taken from.
 */
export function expand(scalar: Scalar, source: string, lookup: Lookup): Part[] {
  const budget = { characters: MOST_CHARACTERS };
  const parts = expandText({ text: scalar.value, at: scalar.at, scalar }, { source, lookup, budget }, 0);
  return scalar.at === undefined
    ? parts.map((part) => ({ ...part, at: { start: scalar.start, end: scalar.end } }))
    : parts;
}

interface Located {
  text: string;
  at?: number;
  scalar: Scalar;
}

interface Expanding {
  source: string;
  lookup: Lookup;
  /** What may still be filled in: values that double themselves stay open. */
  budget: { characters: number };
}

function expandText(located: Located, expanding: Expanding, depth: number): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const variable of variablesOf(located.text)) {
    if (variable.start > end) parts.push(section(located, end, variable.start));
    parts.push(...fill(located, variable, expanding, depth));
    end = variable.end;
  }
  if (end < located.text.length) parts.push(section(located, end, located.text.length));
  return parts;
}

function section({ text, at, scalar }: Located, start: number, end: number): Part {
  const slice = text.slice(start, end);
  return at === undefined ? { text: slice, at: { start: scalar.start, end: scalar.end } } : literal(slice, at + start);
}

function fill(located: Located, variable: Variable, expanding: Expanding, depth: number): Part[] {
  const shown = section(located, variable.start, variable.end);
  const shownAs = original(shown, expanding.source);
  const name = shownAs === shown.text ? variable.name : expressionName(shownAs);
  const held = expanding.lookup(name);
  const isTooMuch = depth >= MOST_STEPS || expanding.budget.characters < 0;
  if (held !== undefined && !isTooMuch && held.value.value !== "") {
    expanding.budget.characters -= held.value.value.length;
    const value = { text: held.value.value, at: held.value.at, scalar: held.value };
    return expandText(value, expanding, depth + 1).map((part) => ({ holder: held.holder, ...part, at: shown.at }));
  }
  if (variable.fallback !== undefined && !isTooMuch) {
    const { start, end } = variable.fallback;
    const value = {
      ...located,
      text: located.text.slice(start, end),
      at: located.at === undefined ? undefined : located.at + start,
    };
    return expandText(value, expanding, depth + 1).map((part) => ({ holder: variable.name, ...part, at: shown.at }));
  }
  return [{ ...shown, text: shownAs, open: name }];
}

/** A variable as the file writes it. */
function original({ text, span }: Part, source: string): string {
  if (!text.startsWith(MASK)) return text;
  return span === undefined ? "{{ }}" : source.slice(span.start, span.end);
}

/** `{{ .Values.tag | quote }}` is `.Values.tag | quote`. */
function expressionName(text: string): string {
  return text.replace(/^(?:\{\{|\{%|<%)[-=~]?\s*/, "").replace(/\s*[-~]?(?:\}\}|%\}|%>).*$/s, "") || text;
}

function* variablesOf(text: string): Generator<Variable> {
  if (!/[$<{\uE123]/.test(text)) return;
  const opening = new RegExp(OPENING);
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    const variable = read(text, found.index, found[0]);
    if (variable === undefined) continue;
    yield variable;
    opening.lastIndex = variable.end;
  }
}

function read(text: string, start: number, opening: string): Variable | undefined {
  const from = start + opening.length;
  if (opening.startsWith(MASK)) return { start, end: from, name: opening };
  if (opening === "${") return braced(text, start);
  if (opening === "$(") return parenthesised(text, start);
  if (!(opening in CLOSING)) return { start, end: from, name: opening.slice(1) };
  const close = text.indexOf(CLOSING[opening], from);
  if (close < 0) return undefined;
  return { start, end: close + CLOSING[opening].length, name: text.slice(from, close).trim() };
}

/** https://docs.docker.com/reference/compose-file/interpolation/ */
function braced(text: string, start: number): Variable | undefined {
  const end = closeOf(text, start + 1, "{", "}");
  if (end === undefined) return undefined;
  const inner = text.slice(start + 2, end - 1);
  const [, name = inner, operator = ""] = /^([\w.-]+?)(:?[-=?+])/.exec(inner) ?? [];
  const from = start + 2 + name.length + operator.length;
  const isDefault = /^:?[-=]$/.test(operator);
  return { start, end, name, ...(isDefault && { fallback: { start: from, end: end - 1 } }) };
}

/** `$(params["x"])` and `$(inputs.params.x)` are `params.x`. */
function parenthesised(text: string, start: number): Variable | undefined {
  const end = closeOf(text, start + 1, "(", ")");
  if (end === undefined) return undefined;
  return { start, end, name: text.slice(start + 2, end - 1).trim() };
}

/** Where the bracket that opens here is closed. */
function closeOf(text: string, at: number, open: string, close: string): number | undefined {
  let depth = 0;
  for (let on = at; on < text.length && on - at < MOST_CHARACTERS; on++) {
    if (text[on] === open) depth++;
    else if (text[on] === close && --depth === 0) return on + 1;
  }
  return undefined;
}
