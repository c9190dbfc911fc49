import {
  type Document,
  isAlias,
  isCollection,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  parseAllDocuments,
  visit,
} from "yaml";
import { type TextPlace } from "../jsonPlace";
import { plainYaml } from "./plainYaml";

/** Something wrong at one place of a text. */
export interface TextProblem extends Partial<TextPlace> {
  message: string;
}

/** A YAML text that was read: its value, and where each part of it stands. */
export interface YamlText {
  /** Nothing where there are problems. */
  value?: unknown;
  problems: TextProblem[];
  /** Where the value at a path stands, or what holds it. */
  placeOf: (path: readonly string[]) => TextPlace | undefined;
}

/** The same, with the comments that people wrote. */
export interface YamlDocument extends YamlText {
  document?: Document;
}

/** Bigger texts are no documents of Kiln: ten thousand images take three megabytes. */
export const MOST_YAML_CHARACTERS = 8 * 1024 * 1024;

/** Documents of Kiln have six levels of two characters; thousands would exhaust the stack. */
const MOST_INDENT = 200;

/** The same in brackets, which other text may have as well. */
const MOST_LEVELS = 100;

/** More problems of one text help nobody. */
const MOST_PROBLEMS = 100;

/** Reads one YAML document that somebody else may have written: without aliases, tags and repeated keys. */
export function readYaml(text: string): YamlText {
  const plain = text.length > MOST_YAML_CHARACTERS ? undefined : plainYaml(text);
  if (!plain) return readYamlDocument(text);
  let whole: YamlText | undefined;
  return { ...plain, problems: [], placeOf: (path) => (whole ??= readYamlDocument(text)).placeOf(path) };
}

/** Reads the same by the whole grammar. */
export function readYamlDocument(text: string): YamlDocument {
  const unreadable = tooMuch(text);
  if (unreadable !== undefined) return { problems: [unreadable], placeOf: () => undefined };
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  if (!Array.isArray(documents) || documents.length === 0)
    return { problems: [{ message: "must be a document, and is empty" }], placeOf: () => undefined };
  const placeAt = (offset: number) => toPlace(lines, offset);
  const [document, second] = documents as Document.Parsed[];
  const problems = [
    ...[...document.errors, ...document.warnings].map(({ pos, message }) => ({
      ...placeAt(pos[0]),
      message: `must be YAML: ${message}`,
    })),
    ...refusedNodes(document, placeAt),
  ];
  if (second) problems.push({ ...placeAt(second.range[0]), message: "is a second document: keep one in a file" });
  const placeOf = (path: readonly string[]) => placeIn(document, path, placeAt);
  if (problems.length > 0) return { problems: problems.slice(0, MOST_PROBLEMS), placeOf };
  return { value: document.toJS({ maxAliasCount: 0 }), problems: [], placeOf, document };
}

function tooMuch(text: string): TextProblem | undefined {
  if (text.length > MOST_YAML_CHARACTERS)
    return { message: `must have at most ${MOST_YAML_CHARACTERS} characters, got ${text.length}` };
  let level = 0;
  for (const [index, line] of text.split(/\r\n|[\r\n]/).entries()) {
    const indent = /^[ \t\-?:]*/.exec(line)?.[0].length ?? 0;
    if (indent > MOST_INDENT)
      return { line: index + 1, column: 1, message: `must be indented by at most ${MOST_INDENT} characters` };
    for (const bracket of line.match(/[[{\]}]/g) ?? []) level = Math.max(0, level + (/[[{]/.test(bracket) ? 1 : -1));
    if (level > MOST_LEVELS)
      return { line: index + 1, column: 1, message: `must not nest more than ${MOST_LEVELS} levels` };
  }
  return undefined;
}

/** Aliases blow up, tags make values of other kinds, and of a key that is there twice only one would count. */
function refusedNodes(document: Document.Parsed, placeAt: (offset: number) => TextPlace): Required<TextProblem>[] {
  const problems: Required<TextProblem>[] = [];
  const refuse = (node: Node, message: string) => problems.push({ ...placeAt(node.range?.[0] ?? 0), message });
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) refuse(node, "is an alias: write the value itself");
      else if (node.tag !== undefined) refuse(node, `has the tag ${node.tag.slice(0, 80)}: take it away`);
    },
    Map: (_, { items }) => {
      const known = new Set<unknown>();
      for (const { key } of items) {
        const name = isScalar(key) ? key.value : key;
        if (isCollection(key)) refuse(key, "is a key of several values: write a text");
        else if (isNode(key) && known.has(name))
          refuse(key, "is a key that its object has had before: take one of them away");
        known.add(name);
      }
    },
  });
  return problems;
}

function placeIn(
  document: Document.Parsed,
  path: readonly string[],
  placeAt: (offset: number) => TextPlace,
): TextPlace | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return placeAt(node.range[0]);
  }
  return undefined;
}

function toPlace(lines: LineCounter, offset: number): TextPlace {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}
