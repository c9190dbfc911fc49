import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from "diff";
import { type Refusal } from "../../../core/rewrite/rewriteText";
import { type RewrittenFile } from "../../../core/rewrite/rewriteTree";
import { placesIn } from "../../../core/scan/lines";
import { visible } from "../../../preview/report/visible";
import { counted, safe, table } from "../../images/print";
import { type TreeFile } from "./tree";

type File = RewrittenFile<TreeFile>;

/** The unified differences of all files; a terminal gets them with all that is hidden in sight. */
export function differences(files: readonly File[], isTerminal: boolean): string {
  const patches = files.map(({ file, text }) =>
    formatPatch(
      structuredPatch(`a/${relative(file.path)}`, `b/${relative(file.path)}`, file.text, text),
      FILE_HEADERS_ONLY,
    ),
  );
  return isTerminal ? visible(patches.join("")) : patches.join("");
}

/** Patches name files from where they are applied. */
function relative(path: string): string {
  return path.replace(/^\/+/, "");
}

/** A place, what stands there, and what is to be said. */
export interface Line {
  file: string;
  line: number;
  column: number;
  from: string;
  to?: string;
  reason?: string;
}

/** Every reference that changes. */
export function changed({ file, changes }: File): Line[] {
  const place = placesIn(file.text);
  return changes.map(({ use, to }) => ({ file: file.path, ...place(use.span.start), from: use.reference, to }));
}

/** Every reference that stays and should not. */
export function leftIn({ file, left }: File): Line[] {
  const place = placesIn(file.text);
  return left.map(({ use, reason }: Refusal) => ({
    file: file.path,
    ...place(use.span.start),
    from: use.reference,
    reason,
  }));
}

/** What a terminal shows. */
export function linesText(lines: readonly Line[], left: readonly Line[], isDone: boolean): string {
  const files = new Set(lines.map(({ file }) => file)).size;
  const sum = `${counted(lines.length, "reference")} in ${counted(files, "file")} ${isDone ? "rewritten" : "would change"}\n`;
  const rows = lines.map((line) => [placeOf(line), line.from, line.to ?? ""]);
  const refused = left.map((line) => [placeOf(line), line.from, line.reason ?? ""]);
  return [
    rows.length > 0 ? `${table(["PLACE", "FROM", "TO"], rows)}\n` : "",
    refused.length > 0 ? `Left as they are:\n\n${table(["PLACE", "NAME", "REASON"], refused)}\n` : "",
    safe(sum.trimEnd()),
    "\n",
  ].join("");
}

/** A reference that stays, in one line. */
export function leftText(line: Line): string {
  return `${placeOf(line)}: ${line.from}: ${line.reason ?? ""}`;
}

function placeOf({ file, line, column }: Line): string {
  return `${file}:${line}:${column}`;
}
