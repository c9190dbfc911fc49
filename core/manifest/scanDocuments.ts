import { formatOf } from "./detect";
import { documentsOf } from "./documents";
import { IMAGES } from "./images";
import { scanLines } from "./lines";
import { readTree } from "./readTree";
import { type Node, textOf } from "./tree";
import { type Visit, walk } from "./walk";

/** Longer documents are read line by line: a tree of them would not fit. */
const MOST_CHARACTERS = 2_000_000;

/** Manifests within texts within manifests: no file of people has more. */
const MOST_EMBEDDED = 3;

/** What the documents of a text share. */
export type Surroundings = Pick<Visit, "source" | "path" | "collector"> & {
  /** Place of the text in the file, where it is not the whole. */
  label?: string;
};

/**
 * Finds the images of all documents of a text.
 *
 * @param text a section of the file, expressions of templates masked.
 * @param base where it begins in the file.
 */
export function scanDocuments(text: string, base: number, around: Surroundings, depth = 0): void {
  if (depth > MOST_EMBEDDED) return;
  const scanInside: Visit["scanInside"] = (inner, at, label) =>
    scanDocuments(inner, at, { ...around, label }, depth + 1);
  for (const document of documentsOf(text))
    scanDocument(document.text, base + document.base, { ...around, scanInside });
}

function scanDocument(text: string, base: number, around: Surroundings & Pick<Visit, "scanInside">): void {
  const { path, collector } = around;
  if (text.length > MOST_CHARACTERS) {
    const message = `this document has more than ${MOST_CHARACTERS} characters; it was read line by line`;
    collector.problem({ span: { start: base, end: base }, message });
    return scanLines(text, base, { ...around, isManifest: true });
  }
  const { root, problems } = readTree(text, base);
  for (const problem of problems.slice(0, 1)) collector.problem(problem);
  if (root !== undefined) {
    const format = formatOf(path, root);
    walk(
      root,
      { ...around, format, label: [around.label, kindOf(root) ?? format.name].filter(Boolean).join(": ") },
      IMAGES,
    );
  }
  if (problems.length > 0) scanLines(text, base, { ...around, isManifest: true });
}

/** Longer kinds are no kinds. */
const KIND = /^[A-Za-z][\w.-]{0,60}$/;

function kindOf(root: Node): string | undefined {
  if (textOf(root, "apiVersion") === undefined) return undefined;
  const kind = textOf(root, "kind") ?? "";
  return KIND.test(kind) ? kind : undefined;
}
