import { expect } from "chai";
import { type FileScan } from "../../../core/scan/imageUse";

/** A case: what a file's text names, as {@link lines} shows it. */
export interface Case {
  path: string;
  text: string;
  uses: string[];
}

/** Uses as lines: reference, what is not `certain pull`, what is open. */
export function lines({ uses }: FileScan): string[] {
  return uses.map(({ reference, certainty, purpose, open }) => {
    const notes = [certainty, purpose].filter((note) => note !== "certain" && note !== "pull");
    return [reference, ...notes, ...open.map((name) => `?${name}`)].join(" ");
  });
}

/** What holds for every scan of every text. */
export function checked(text: string, { uses, problems }: FileScan): void {
  const spans = uses.map(({ span }) => span);
  for (const { reference, pieces, kind } of uses) {
    expect(pieces.map((piece) => piece.text).join(""), "pieces").to.equal(reference);
    for (const { span, text: piece } of pieces) {
      expect(piece, "piece").to.not.equal("");
      if (span) expect(text.slice(span.start, span.end), "span").to.equal(piece);
    }
    expect(kind, "kind").to.not.equal("");
  }
  for (const { start, end } of [...spans, ...problems.flatMap(({ span }) => span ?? [])])
    expect(0 <= start && start <= end && end <= text.length, `span ${start}-${end}`).to.equal(true);
  expect(spans, "order").to.deep.equal([...spans].sort((a, b) => a.start - b.start || b.end - a.end));
  expect(new Set(spans.map(({ start, end }) => `${start}-${end}`)).size, "twice").to.equal(spans.length);
}
