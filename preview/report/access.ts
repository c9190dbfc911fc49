import { type Grant } from "../compare/comparison";
import { type Paint } from "./paint";
import { plainLine, shortLine } from "./plainText";
import { clip } from "./visible";

/** A terminal shows so many grants. */
const MOST_GRANTS = 200;

/** Characters of the last column. */
const MOST_WHERE = 1000;

/** Characters of a column but the last. */
const MOST_WIDTH = 64;

/** Who gets what where, as a matrix; a member and a role that repeat are named once. */
export function accessLines(grants: readonly Grant[], paint: Paint): string[] {
  if (grants.length === 0) return [];
  const rows = grants.slice(0, MOST_GRANTS).map(cellsOf);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map(([member, role, where], at) => {
    const above = rows.at(at - 1);
    const isSame = at > 0 && above?.[0] === member;
    const shown = [isSame ? "" : member, isSame && above[1] === role ? "" : role];
    return `  ${shown[0].padEnd(widths[0])}  ${shown[1].padEnd(widths[1])}  ${where}`;
  });
  const rest = grants.length - rows.length;
  return [paint.bold("Who gets what"), ...lines, ...(rest > 0 ? [`  … and ${rest} more`] : [])];
}

function cellsOf({ member, role, resource, condition, authoritative }: Grant): [string, string, string] {
  const notes = [
    condition === undefined ? "" : `, if ${condition}`,
    authoritative ? ", and nobody else (authoritative)" : "",
  ].join("");
  return [
    clip(plainLine(member), MOST_WIDTH),
    clip(plainLine(role), MOST_WIDTH),
    shortLine(`${resource}${notes}`, MOST_WHERE),
  ];
}
