import { expect } from "chai";
import type { FileScan } from "../../../core/scan/imageUse";

/** What every scan of a text holds to, whatever the text. */
export function expectSound(text: string, { uses, problems }: FileScan): void {
  const places = new Set<string>();
  let before = 0;
  for (const use of uses) {
    expect(use.pieces.map((piece) => piece.text).join("")).to.equal(use.reference);
    expect(use.reference).not.to.equal("");
    for (const { span, text: piece } of use.pieces) if (span) expect(text.slice(span.start, span.end)).to.equal(piece);
    expect(use.span.start).to.be.at.least(before);
    expect(use.span.end).to.be.within(use.span.start, text.length);
    before = use.span.start;
    const place = `${use.span.start}-${use.span.end} ${use.reference}`;
    expect(places.has(place), `${place} stands twice`).to.equal(false);
    places.add(place);
  }
  for (const { span, message } of problems) {
    expect(message).not.to.equal("");
    if (span) expect(span.end).to.be.within(span.start, text.length);
  }
}

/** Uses as lines: `kind reference [open]`. */
export function linesOf({ uses }: Pick<FileScan, "uses">): string[] {
  return uses.map(({ kind, reference, open }) => `${kind} ${reference}${open.length > 0 ? ` [${open.join()}]` : ""}`);
}
