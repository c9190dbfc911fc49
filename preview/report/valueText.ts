import { type GraphValue, markerOf, NOT_SECRET, SECRET } from "../graphValue";

/** Deeper parts of a value are left out. */
const MOST_LEVELS = 40;

/** Entries that fit on one line in {@link valueLines}. */
const LINE = 72;

/**
 * A value on one line: JSON, with `[unknown]` and `[secret]` for what is not there. Its size is bounded, however big
 * the value is; what is cut ends in `…`.
 *
 * @param most UTF-16 units.
 */
export function valueText(value: GraphValue, most: number): string {
  const parts: string[] = [];
  const left = write(value, most, MOST_LEVELS, parts);
  const text = parts.join("");
  return left < 0 ? `${text.slice(0, most - 1)}…` : text;
}

/** Writes a value into parts and tells how much room is left: less than none where it was cut. */
function write(value: GraphValue, room: number, levels: number, parts: string[]): number {
  if (room < 0) return room;
  if (value === SECRET || value === NOT_SECRET) return add(value, room, parts);
  if (typeof value === "string") return add(quoted(value, room), room, parts);
  if (value === null || typeof value !== "object") return add(String(value), room, parts);
  if (markerOf(value) === "unknown") return add("[unknown]", room, parts);
  if (levels === 0) return add("…", room, parts);
  const isList = Array.isArray(value);
  let left = add(isList ? "[" : "{", room, parts);
  let separator = "";
  for (const key of Object.keys(value)) {
    left = add(`${separator}${isList ? "" : `${quoted(key, room)}: `}`, left, parts);
    left = write((value as Record<string, GraphValue>)[key], left, levels - 1, parts);
    if (left < 0) return left;
    separator = ", ";
  }
  return add(isList ? "]" : "}", left, parts);
}

function add(text: string, room: number, parts: string[]): number {
  parts.push(text);
  return room - text.length;
}

/** JSON of a text's beginning: no longer than it takes to fill the room. */
function quoted(text: string, room: number): string {
  return JSON.stringify(text.length > room ? text.slice(0, Math.max(0, room) + 1) : text);
}

/**
 * Named values as indented lines, as in YAML; what fits on a line stands on one. The last line says `…` where more
 * would not fit.
 *
 * @param most UTF-16 units of all lines together.
 */
export function valueLines(values: Record<string, GraphValue>, most: number): string[] {
  const lines: string[] = [];
  let room = most;
  const visit = (label: string, value: GraphValue, indent: string, levels: number): void => {
    if (room <= 0) return;
    const short = valueText(value, LINE);
    const members = membersOf(value);
    const isWhole = members.length === 0 || levels === 0 || !short.endsWith("…");
    const line = `${indent}${label}${isWhole ? ` ${short.endsWith("…") ? valueText(value, room) : short}` : ""}`;
    room -= line.length + 1;
    lines.push(line);
    if (!isWhole) for (const [key, member] of members) visit(key, member, `${indent}  `, levels - 1);
  };
  for (const key of Object.keys(values)) visit(`${shortKey(key)}:`, values[key], "", MOST_LEVELS);
  return room > 0 ? lines : [...lines, "…"];
}

/** What a value holds, each with its label; nothing for plain values and markers. */
function membersOf(value: GraphValue): [label: string, value: GraphValue][] {
  if (value === null || typeof value !== "object" || markerOf(value) === "unknown") return [];
  if (Array.isArray(value)) return value.map((member) => ["-", member]);
  return Object.keys(value).map((key) => [`${shortKey(key)}:`, value[key]]);
}

/** A key as it stands, or as JSON where it is no plain word. */
function shortKey(key: string): string {
  return /^[\w./$-]{1,80}$/.test(key) ? key : valueText(key, 80);
}
