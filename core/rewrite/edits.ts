import { type Piece, type Span } from "../scan/imageUse";

/** A part of a text that becomes another; an empty part is a place to put something in. */
export interface Edit extends Span {
  text: string;
  /** It stands beside a reference and is no part of it, such as a comment. */
  isAside?: boolean;
}

/** A text with edits, which do not overlap, made in it. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let end = 0;
  for (const edit of inOrder(edits)) {
    parts.push(text.slice(end, edit.start), edit.text);
    end = edit.end;
  }
  return [...parts, text.slice(end)].join("");
}

/** The edits in the order of their places, each once. */
export function inOrder(edits: readonly Edit[]): Edit[] {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  return sorted.filter((edit, index) => index === 0 || !isSame(edit, sorted[index - 1]));
}

function isSame(a: Edit, b: Edit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}

/** Whether both cannot be made. */
export function clash(a: Edit, b: Edit): boolean {
  if (isSame(a, b)) return false;
  return (a.start < b.end && b.start < a.end) || (a.start === b.start && a.end === b.end);
}

/** What the edits make of a piece of a reference. */
export function editedPiece({ text, span }: Piece, edits: readonly Edit[]): string {
  if (span === undefined) return text;
  const within = edits.filter((edit) => !edit.isAside && edit.start >= span.start && edit.end <= span.end);
  return applyEdits(
    text,
    within.map((edit) => ({ ...edit, start: edit.start - span.start, end: edit.end - span.start })),
  );
}
