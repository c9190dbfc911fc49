import type { Certainty, ImageUse, Piece, Purpose, Span } from "./imageUse";

/** A piece of a word, with where the word shows it: a variable's name, where the piece itself stands elsewhere. */
export interface Part extends Piece {
  /** Where the word shows it. */
  at: Span;
  /** Name of the variable that the file leaves open; `text` is then how it is written. */
  open?: string;
}

/** A text that stands in the file exactly so. */
export function literal(text: string, start: number): Part {
  const span = { start, end: start + text.length };
  return { text, span, at: span };
}

/** What the parts say together. */
export function textOf(parts: readonly Piece[]): string {
  return parts.length === 1 ? parts[0].text : parts.map(({ text }) => text).join("");
}

/** The parts of a section of their text, counted in UTF-16 units. */
export function sliceParts(parts: readonly Part[], start: number, end = Infinity): Part[] {
  const section: Part[] = [];
  let before = 0;
  for (const part of parts) {
    const from = Math.max(0, start - before);
    const to = Math.min(part.text.length, end - before);
    before += part.text.length;
    if (from < to) section.push(cut(part, from, to));
  }
  return section;
}

function cut(part: Part, from: number, to: number): Part {
  const { span, at, ...rest } = part;
  if (from === 0 && to === part.text.length) return part;
  const text = part.text.slice(from, to);
  if (span === undefined) return { ...rest, text, at };
  const section = { start: span.start + from, end: span.start + to };
  return { ...rest, text, span: section, at: at.start === span.start && at.end === span.end ? section : at };
}

/** A use of the image that the parts name. */
export function useOf(
  parts: readonly Part[],
  { kind, purpose, certainty }: { kind: string; purpose: Purpose; certainty: Certainty },
): ImageUse {
  const pieces = joined(parts);
  const open = parts.flatMap((part) => part.open ?? []);
  return {
    reference: textOf(pieces),
    open: [...new Set(open)],
    purpose,
    certainty,
    kind,
    span: { start: parts[0].at.start, end: parts[parts.length - 1].at.end },
    pieces,
  };
}

/** Neighbours that stand in the file as one text are one piece; what is open stays one by itself. */
function joined(parts: readonly Part[]): Piece[] {
  const pieces: Piece[] = [];
  let wasOpen = true;
  for (const { text, span, holder, role, open } of parts) {
    const last = pieces[pieces.length - 1] as Piece | undefined;
    const mayJoin = !wasOpen && open === undefined;
    wasOpen = open !== undefined;
    if (mayJoin && last?.span && span && last.span.end === span.start && last.holder === holder && last.role === role)
      pieces[pieces.length - 1] = {
        ...last,
        text: last.text + text,
        span: { start: last.span.start, end: span.end },
      };
    else if (text !== "")
      pieces.push({ text, ...(span && { span }), ...(holder && { holder }), ...(role && { role }) });
  }
  return pieces;
}
