import { Certainty, Purpose, type ImageUse } from "../scan/imageUse";
import { textOf, useOf, type Part } from "../scan/parts";
import { hasKnownRegistry, isFull } from "./likeness";
import { isName } from "./report";

/** A variable that a file sets. */
export interface Assignment {
  name: string;
  parts: readonly Part[];
}

const NAMED = /image|(?:^|_)img(?:$|_)/i;
const NOT_NAMED =
  /policy|secret|dir$|path$|file$|format|type$|tag$|version$|family|project$|size$|count$|prefix$|builder_name/i;

/**
 * Variables that hold an image's whole name and reach no command that Kiln knows: other files and programs get them.
 * Their name says it, or the value has a well-known registry, a path and a tag.
 */
export function assignedImages(assignments: readonly Assignment[], uses: readonly ImageUse[]): ImageUse[] {
  const used = new Set(uses.flatMap((use) => use.pieces.flatMap(({ span }) => span?.start ?? [])));
  return assignments.flatMap(({ name, parts }) => {
    const text = textOf(parts);
    if (!isImage(name, text) || parts.some((part) => part.open !== undefined || used.has(part.span?.start ?? -1)))
      return [];
    return useOf(parts, { kind: `${name}=`, purpose: Purpose.Pull, certainty: Certainty.Likely });
  });
}

function isImage(name: string, text: string): boolean {
  if (text.length > 400 || !/[:/@]/.test(text) || !isName(text)) return false;
  if (NAMED.test(name) && !NOT_NAMED.test(name))
    return /[:@]/.test(text.slice(text.lastIndexOf("/") + 1)) || isFull(text);
  return hasKnownRegistry(text) && isFull(text) && /[:@]/.test(text.slice(text.lastIndexOf("/") + 1));
}
