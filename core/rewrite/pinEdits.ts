import { type ImageUse } from "../scan/imageUse";
import { type Edit } from "./edits";
import { type Edits, sectionsOf, versionStart } from "./nameEdits";

/**
 * What pins a use to a digest. In YAML the tag becomes a comment where nothing else follows on the line; elsewhere it
 * stays before the digest, which wins.
 */
export function pinEdits(use: ImageUse, digest: string, text: string, isYaml: boolean): Edits {
  const start = versionStart(use.reference);
  const end = use.reference.length;
  const tag = use.reference.slice(start + 1);
  const comment = isYaml ? tagComment(use, text, tag === "" ? "latest" : tag) : undefined;
  const last = sectionsOf(use, 0, end).at(-1);
  if (last?.span === undefined || last.isHeld)
    return { problem: `${last?.piece.holder ?? "something"} holds the tag: pin it by hand` };
  const version = sectionsOf(use, start, end).at(0)?.span ?? { start: last.span.end, end: last.span.end };
  if (comment) return { edits: [{ ...version, text: `@${digest}` }, comment] };
  return { edits: [{ start: last.span.end, end: last.span.end, text: `@${digest}` }] };
}

/** The beginning of a line up to a value: indentation, list items, a key, a quote. */
const BEFORE = /^[ \t]*(?:- +)*(?:["']?[\w./-]+["']?:[ \t]+)?["']?$/;

/** Longer lines are data. */
const MOST_LINE = 2000;

/** The comment behind a value that ends its line. */
function tagComment({ span, pieces }: ImageUse, text: string, tag: string): Edit | undefined {
  if (pieces.length !== 1 || pieces[0].span === undefined || pieces[0].holder !== undefined || pieces[0].role)
    return undefined;
  const start = text.lastIndexOf("\n", span.start - 1) + 1;
  const found = /^["']?[ \t]*(?=\r?\n|$)/.exec(text.slice(pieces[0].span.end, pieces[0].span.end + MOST_LINE));
  if (!found || span.start - start > MOST_LINE || !BEFORE.test(text.slice(start, pieces[0].span.start)))
    return undefined;
  const at = pieces[0].span.end + found[0].trimEnd().length;
  return { start: at, end: at, text: ` # ${tag}`, isAside: true };
}
