/** A part of the report whose rows may be cut. */
export interface Section {
  title: string;
  /** Whether it stands open; others are folded away. */
  isOpen: boolean;
  /** The lower, the later it is cut. */
  rank: number;
  /** Lines before the rows. */
  head: string[];
  /** What may be left out from the end: lines, or blocks of lines. */
  rows: string[];
  /** Lines after the rows. */
  tail: string[];
  /** How many things it is about, where that is not the number of rows. */
  count?: number;
}

/** How many bytes of UTF-8 a text has: at least as many as characters, by whatever one counts those. */
export function bytesOf(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/** Keeps as many rows of each section as fit into so many bytes, and says below how many there are more. */
export function fitted(sections: Section[], most: number): string {
  const kept = new Map(sections.map((section) => [section, 0]));
  const fixed = sections.map(fixedBytes);
  let room = most - fixed.reduce((sum, bytes) => sum + bytes, 0);
  const byRank = [...sections].sort((a, b) => a.rank - b.rank);
  // At first nothing gets more than half of what is left, so that a long section leaves room for the next.
  for (const share of [0.5, 1]) for (const section of byRank) room -= takeRows(section, kept, room * share);
  return `${sections.map((section) => render(section, kept.get(section) ?? 0)).join("\n\n")}\n`;
}

/** What a section takes at most besides its rows: heading, what surrounds the rows, the note that there are more. */
function fixedBytes(section: Section): number {
  const around = [...section.head, ...section.tail].reduce((sum, line) => sum + bytesOf(line) + 1, 0);
  return bytesOf(render(section, 0)) + around + 2;
}

/** Takes rows while they fit; answers how many bytes they have. */
function takeRows(section: Section, kept: Map<Section, number>, room: number): number {
  let taken = 0;
  let count = kept.get(section) ?? 0;
  for (; count < section.rows.length; count++) {
    const bytes = bytesOf(section.rows[count]) + 1;
    if (taken + bytes > room) break;
    taken += bytes;
  }
  kept.set(section, count);
  return taken;
}

function render({ title, isOpen, head, rows, tail, count }: Section, kept: number): string {
  const heading = title === "" ? "" : `${title} (${count ?? rows.length})`;
  const left = rows.length - kept;
  const lines = [
    ...(rows.length === 0 || kept > 0 ? [...head, ...rows.slice(0, kept), ...tail] : []),
    ...(left > 0 ? ["", `${left} more; \`kiln preview --format html\` shows all.`] : []),
  ];
  if (heading === "") return lines.join("\n");
  const open = ["### " + heading, "", ...lines];
  return (isOpen ? open : [`<details><summary>${heading}</summary>`, "", ...lines, "", "</details>"]).join("\n");
}
