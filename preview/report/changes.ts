import { ChangeKind, type Comparison, type InputChange, type ResourceChange } from "../compare/comparison";
import { type GraphValue } from "../graphValue";
import { valueText } from "./valueText";

/** Characters of a value in which its first difference is looked for. */
const SEARCHED = 20_000;

/** Characters before the first difference that are shown. */
const CONTEXT = 24;

/** What a resource becomes, in one word or two. */
export function changeWord({ kind, losesProtection }: ResourceChange): string {
  if (!losesProtection) return kind;
  return kind === ChangeKind.Delete ? "delete, was protected" : `${kind}, loses protection`;
}

/** Changes that a reviewer must read one by one: all but plain creations. */
export function tellingChanges({ changes }: Comparison): ResourceChange[] {
  return changes.filter(({ kind, losesProtection }) => kind !== ChangeKind.Create || losesProtection);
}

/** Resources that are only new. */
export function creations({ changes }: Comparison): ResourceChange[] {
  return changes.filter(({ kind, losesProtection }) => kind === ChangeKind.Create && !losesProtection);
}

/** The two values of a change as text; each is left out where there is none. */
export interface BeforeAfter {
  before?: string;
  after?: string;
}

/** Both values, cut to so many characters around the first difference. */
export function beforeAfter({ before, after }: InputChange, most: number): BeforeAfter {
  const [old, now] = [textOf(before), textOf(after)];
  if (old === undefined || now === undefined) return { before: window(old, 0, most), after: window(now, 0, most) };
  const start = old.length > most || now.length > most ? Math.max(0, firstDifference(old, now) - CONTEXT) : 0;
  return { before: window(old, start, most), after: window(now, start, most) };
}

function textOf(value: GraphValue | undefined): string | undefined {
  return value === undefined ? undefined : valueText(value, SEARCHED);
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

function window(text: string | undefined, start: number, most: number): string | undefined {
  if (text === undefined) return undefined;
  const shown = text.slice(start, start + most);
  return `${start > 0 ? "…" : ""}${shown}${start + most < text.length ? "…" : ""}`;
}
