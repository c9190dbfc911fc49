import { type FileScan, type ImageUse, type ScanProblem, type Span } from "../scan/imageUse";

/** Gathers what a file names. */
export interface Collector {
  add: (use: ImageUse) => void;
  problem: (problem: ScanProblem) => void;
  /** Uses in the order of their places, no place twice. */
  scan: () => FileScan;
}

const ORDER = { certain: 0, likely: 1, look: 2 } as const;

/** Of two uses at one place the surer one counts; a variable's value counts where it is used. */
export function createCollector(): Collector {
  const uses: ImageUse[] = [];
  const problems: ScanProblem[] = [];
  return {
    add: (use) => uses.push(use),
    problem: (problem) => problems.push(problem),
    scan: () => ({ uses: distinct(uses), problems }),
  };
}

function distinct(uses: ImageUse[]): ImageUse[] {
  const held = new Set(uses.flatMap(heldSpans).map(keyOf));
  const kept = new Map<string, ImageUse>();
  for (const use of uses) {
    const key = keyOf(use.span);
    const before = kept.get(key);
    if (held.has(key) && isLikely(use)) continue;
    if (before === undefined || ORDER[use.certainty] < ORDER[before.certainty]) kept.set(key, use);
  }
  return withoutNested([...kept.values()].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end));
}

/** Where values of variables stand that the use is made of; neighbouring pieces are one value. */
function heldSpans({ pieces }: ImageUse): Span[] {
  const spans: (Span & { holder: string })[] = [];
  for (const { holder, span } of pieces) {
    if (holder === undefined || span === undefined) continue;
    const last = spans.at(-1);
    if (last?.holder === holder && last.end === span.start) last.end = span.end;
    else spans.push({ ...span, holder });
  }
  return spans;
}

function isLikely({ certainty }: ImageUse): boolean {
  return certainty !== "certain";
}

/** A use within the place of another one is the same. Several names may stand in one text beside each other. */
function withoutNested(uses: ImageUse[]): ImageUse[] {
  const kept: ImageUse[] = [];
  for (const use of uses) {
    const last = kept.at(-1);
    if (last !== undefined && use.span.end <= last.span.end && isLikely(use) && touches(use, last)) continue;
    kept.push(use);
  }
  return kept;
}

function touches(use: ImageUse, other: ImageUse): boolean {
  return use.pieces.some(({ span }) => span !== undefined && other.pieces.some((piece) => overlaps(span, piece.span)));
}

function overlaps(a: Span, b: Span | undefined): boolean {
  return b !== undefined && a.start < b.end && b.start < a.end;
}

function keyOf({ start, end }: Span): string {
  return `${start}-${end}`;
}
