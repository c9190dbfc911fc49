import { type Week } from "./year";

/** How a state is drawn. */
const MARKS: Record<string, string> = { ACTIVE: "o", DEPRECATED: "-", OBSOLETE: "." };
const STANDS = "#";

const LEGEND = `${STANDS} the family stands for it   o active   - deprecated   . obsolete   (blank) not there   * a template names it`;

/** A chart of the year: an image a line, a week a column, and below it what happened. */
export function chartOf(weeks: readonly Week[]): string {
  const images = [...new Set(weeks.flatMap(({ states }) => Object.keys(states)))].sort();
  const width = Math.max(...images.map(({ length }) => length));
  const ruler = weeks.map(({ week }) => (week % 10 === 0 ? String(week / 10) : week % 5 === 0 ? "+" : " ")).join("");
  const rows = images.map((image) => `${image.padEnd(width)} ${weeks.map((week) => markOf(week, image)).join("")}`);
  const happenings = weeks.flatMap(({ week, events }) => events.map((event) => `week ${pad(week)}  ${event}`));
  return [
    `${" ".repeat(width)} ${ruler}`,
    ...rows.map((row) => row.trimEnd()),
    "",
    LEGEND,
    "",
    ...happenings,
    "",
    ...refusalsOf(weeks),
    "",
  ].join("\n");
}

function markOf({ states, stands, pinned }: Week, image: string): string {
  if (!Object.hasOwn(states, image)) return " ";
  if (image === stands) return STANDS;
  return image === pinned ? "*" : (MARKS[states[image]] ?? "?");
}

/** Which images the controller left alone, why, and in which weeks. */
function refusalsOf(weeks: readonly Week[]): string[] {
  const spans = new Map<string, number[]>();
  for (const { week, refusals } of weeks)
    for (const [image, rule] of Object.entries(refusals)) {
      const key = `${image} ${rule}`;
      spans.set(key, [...(spans.get(key) ?? []), week]);
    }
  const lines = [...spans].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    "left alone:",
    ...lines.map(
      ([key, at]) => `  ${key}, ${at.length === 1 ? `week ${at[0]}` : `weeks ${at[0]} to ${at[at.length - 1]}`}`,
    ),
  ];
}

function pad(week: number): string {
  return String(week).padStart(2, " ");
}
