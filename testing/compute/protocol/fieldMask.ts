import type { protobuf } from "google-gax";
import { type Fields, fieldAt, isFields } from "./messages";

/** Paths that an answer is cut down to: `items(name,labels),nextPageToken` and `items.name` both name them. */
export type FieldMask = string[][];

/** The paths of a mask as `fields`, `$fields` or the header X-Goog-FieldMask write it. */
export function parseFieldMask(text: string): FieldMask {
  const paths: FieldMask = [];
  const groups: string[][] = [[]];
  let path: string[] = [];
  let name = "";
  const endName = () => {
    if (name.trim()) path.push(name.trim());
    name = "";
  };
  const endPath = () => {
    endName();
    if (path.length > 0) paths.push([...groups.flat(), ...path]);
    path = [];
  };
  for (const letter of text) {
    if (letter === "/" || letter === ".") endName();
    else if (letter === ",") endPath();
    else if (letter === "(") {
      endName();
      groups.push(path);
      path = [];
    } else if (letter === ")") {
      endPath();
      groups.pop();
    } else name += letter;
  }
  endPath();
  return paths;
}

/** The paths of a mask that the answer's message does not have. */
export const unknownPaths = (type: protobuf.Type, mask: FieldMask) =>
  mask.filter((path) => fieldAt(type, path) === undefined).map((path) => path.join("."));

/** What is left of an answer under a mask; lists are cut entry by entry, and `*` is any key. */
export function cut(value: unknown, mask: FieldMask): unknown {
  if (mask.some((path) => path.length === 0)) return value;
  if (Array.isArray(value)) return value.map((entry) => cut(entry, mask));
  if (!isFields(value)) return value;
  const result: Fields = {};
  for (const [name, content] of Object.entries(value)) {
    const deeper = mask.filter(([first]) => first === name || first === "*").map(([, ...rest]) => rest);
    if (deeper.length > 0) result[name] = cut(content, deeper);
  }
  return result;
}
