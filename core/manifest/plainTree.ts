import { type Entry, type ListNode, type MapNode, type Node, type Scalar } from "./tree";

/** A line with something on it but a comment. */
interface Line {
  /** Spaces before its content. */
  indent: number;
  /** Where its content begins and ends, spaces at its end left out. */
  start: number;
  end: number;
}

/** Reads one entry by the whole grammar: `key: |` with the lines below it, or `key: [a, b]`. Nothing where something is wrong. */
export type ReadEntry = (text: string, at: number) => Node | undefined;

interface Reader {
  text: string;
  base: number;
  lines: Line[];
  /** The line that is read next. */
  at: number;
  readEntry: ReadEntry;
}

/** Thrown where a document has what the whole grammar is needed for. */
const NOT_PLAIN = Symbol("not plain");

/** Documents nested deeper are left to the whole grammar. */
const MOST_DEPTH = 60;

/**
 * Reads a document of block mappings and sequences, one value a line, which is how people write manifests: several times
 * as fast as the whole grammar. Nothing where the document has anything else.
 *
 * @param base where the text begins in its file.
 */
export function plainTree(text: string, base: number, readEntry: ReadEntry): { root?: Node } | undefined {
  try {
    const reader: Reader = { text, base, lines: linesOf(text), at: 0, readEntry };
    const root = reader.lines.length === 0 ? undefined : block(reader, reader.lines[0].indent, 0);
    return reader.at === reader.lines.length ? { ...(root && { root }) } : undefined;
  } catch (error) {
    if (error === NOT_PLAIN) return undefined;
    throw error;
  }
}

function notPlain(): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error
  throw NOT_PLAIN;
}

const START = /^---[ ]*(?:#[^\n]*)?\r?(?:\n|$)/;
const [SPACE, HASH, DASH, RETURN] = [32, 35, 45, 13];

function linesOf(text: string): Line[] {
  if (text.includes("\t")) notPlain();
  const lines: Line[] = [];
  for (let from = START.exec(text)?.[0].length ?? 0; from < text.length;) {
    const newline = text.indexOf("\n", from);
    const next = newline < 0 ? text.length : newline + 1;
    let start = from;
    while (text.charCodeAt(start) === SPACE) start++;
    let end = newline < 0 ? text.length : newline;
    if (text.charCodeAt(end - 1) === RETURN) end--;
    while (end > start && text.charCodeAt(end - 1) === SPACE) end--;
    if (end > start && text.charCodeAt(start) !== HASH) lines.push({ indent: start - from, start, end });
    from = next;
  }
  return lines;
}

function isItem({ text }: Reader, { start, end }: Line): boolean {
  return text.charCodeAt(start) === DASH && (end === start + 1 || text.charCodeAt(start + 1) === SPACE);
}

function block(reader: Reader, indent: number, depth: number): Node {
  if (depth > MOST_DEPTH) notPlain();
  const line = reader.lines[reader.at];
  return isItem(reader, line) ? list(reader, indent, depth) : map(reader, indent, depth);
}

function list(reader: Reader, indent: number, depth: number): ListNode {
  const items: ListNode["items"] = [];
  for (
    let line = reader.lines[reader.at];
    line?.indent === indent && isItem(reader, line);
    line = reader.lines[reader.at]
  )
    items.push(item(reader, line, depth));
  checkEnd(reader, indent);
  return { kind: "list", items };
}

/** What a line of more indentation is, only the whole grammar knows. */
function checkEnd({ lines, at }: Reader, indent: number): void {
  if (at < lines.length && lines[at].indent > indent) notPlain();
}

function item(reader: Reader, line: Line, depth: number): Node | undefined {
  let start = line.start + 1;
  while (start < line.end && reader.text.charCodeAt(start) === SPACE) start++;
  const rest: Line = { indent: line.indent + start - line.start, start, end: line.end };
  if (start === line.end || reader.text.charCodeAt(start) === HASH) {
    reader.at++;
    return below(reader, line.indent, depth, false);
  }
  const isBlock = isItem(reader, rest) || keyAt(reader, rest) !== undefined;
  if (!isBlock) return value(reader, rest, line.start, line.indent);
  reader.lines[reader.at] = rest;
  return block(reader, rest.indent, depth + 1);
}

function map(reader: Reader, indent: number, depth: number): MapNode {
  const entries: Entry[] = [];
  for (
    let line = reader.lines[reader.at];
    line?.indent === indent && !isItem(reader, line);
    line = reader.lines[reader.at]
  )
    entries.push(entry(reader, line, depth));
  checkEnd(reader, indent);
  return { kind: "map", entries };
}

function entry(reader: Reader, line: Line, depth: number): Entry {
  const key = keyAt(reader, line) ?? notPlain();
  let start = key.end;
  while (start < line.end && reader.text.charCodeAt(start) === SPACE) start++;
  if (start < line.end && reader.text.charCodeAt(start) !== HASH)
    return { key: key.text, value: value(reader, { ...line, start }, line.start, line.indent) };
  reader.at++;
  return { key: key.text, value: below(reader, line.indent, depth, true) };
}

/** The block below a line that says nothing more; a mapping's sequence may have no more indentation than its key. */
function below(reader: Reader, indent: number, depth: number, mayBeLevel: boolean): Node | undefined {
  const next = reader.lines[reader.at];
  if (next === undefined) return undefined;
  const isBelow = next.indent > indent || (mayBeLevel && next.indent === indent && isItem(reader, next));
  return isBelow ? block(reader, next.indent, depth + 1) : undefined;
}

const PLAIN_KEY = /[A-Za-z0-9_.$/][^\s:#,[\]{}"'&*!|>%@`]*:(?=[ \r\n]|$)/y;
const QUOTED_KEY = /"([^"\\\n]*)":(?=[ \r\n]|$)|'([^'\n]*)':(?=[ \r\n]|$)/y;

function keyAt({ text }: Reader, { start }: Line): { text: string; end: number } | undefined {
  PLAIN_KEY.lastIndex = start;
  if (PLAIN_KEY.test(text)) return { text: text.slice(start, PLAIN_KEY.lastIndex - 1), end: PLAIN_KEY.lastIndex };
  QUOTED_KEY.lastIndex = start;
  const quoted = QUOTED_KEY.exec(text);
  return quoted ? { text: quoted[1] ?? quoted[2], end: QUOTED_KEY.lastIndex } : undefined;
}

const QUOTED = /"([^"\\\n]*)"[ ]*(?=\r?(?:\n|$)|(?<=[ ])#)|'([^'\n]*)'[ ]*(?=\r?(?:\n|$)|(?<=[ ])#)/y;
const FIRST = /[^\s\-?:,[\]{}#&*!|>'"%@`]|-[^\s\-]/y;

/**
 * A value that begins on this line; it and what goes on with it are done with.
 *
 * @param begin where its key or its dash begins.
 * @param indent spaces before what holds it.
 */
function value(reader: Reader, line: Line, begin: number, indent: number): Node {
  const { text, lines } = reader;
  reader.at++;
  if (text[line.start] === "|" || text[line.start] === ">") return blockScalar(reader, line, begin, indent);
  if (text[line.start] === "&" || text[line.start] === "*") notPlain();
  const isOneLine = reader.at >= lines.length || lines[reader.at].indent <= indent;
  const node = isOneLine ? (scalar(reader, line) ?? words(reader, line)) : undefined;
  if (node !== undefined) return node;
  while (reader.at < lines.length && lines[reader.at].indent > indent) reader.at++;
  return whole(reader, begin, lines[reader.at - 1].end, indent);
}

/** What may be an anchor or its alias, which stands elsewhere too. */
const ANCHOR = /(?:^|[\s[{,:-])[&*][^\s&*]/;

/** Collections in brackets, and texts on several lines. */
function whole(reader: Reader, begin: number, end: number, indent: number): Node {
  return ANCHOR.test(reader.text.slice(begin, end)) ? notPlain() : byWholeGrammar(reader, begin, end, indent);
}

/** The entry stands as far to the right as it does in the document. */
function byWholeGrammar({ text, base, readEntry }: Reader, begin: number, end: number, indent: number): Node {
  return readEntry(`${" ".repeat(indent)}${text.slice(begin, end)}`, base + begin - indent) ?? notPlain();
}

/** A text on one line; nothing where it is more. */
function scalar({ text, base }: Reader, line: Line): Scalar | undefined {
  QUOTED.lastIndex = line.start;
  const quoted = QUOTED.exec(text);
  if (quoted) return scalarAt(base + line.start + 1, quoted[1] ?? quoted[2], "quoted");
  FIRST.lastIndex = line.start;
  if (!FIRST.test(text)) return undefined;
  const all = text.slice(line.start, line.end);
  const comment = all.indexOf(" #");
  const plain = comment < 0 ? all : all.slice(0, comment).trimEnd();
  if (plain.endsWith(":") || plain.includes(": ")) notPlain();
  return scalarAt(base + line.start, plain, "plain");
}

const WORD = /[ ]*(?:"([^"\\\n]*)"|'([^'\n]*)'|([A-Za-z0-9_./$][\w./$=-]*))[ ]*(?:,|(\]))/y;

/** A sequence of single texts in brackets; nothing where it has anything else. */
function words({ text, base }: Reader, { start, end }: Line): ListNode | undefined {
  const items: Scalar[] = [];
  if (text[start] !== "[") return undefined;
  for (WORD.lastIndex = start + 1; ;) {
    const from = WORD.lastIndex;
    const found = WORD.exec(text);
    if (found === null) return undefined;
    const [all, double, single, plain, last] = found;
    const at = base + from + all.length - all.trimStart().length;
    items.push(plain === undefined ? scalarAt(at + 1, double ?? single, "quoted") : scalarAt(at, plain, "plain"));
    if (last !== undefined) return WORD.lastIndex === end ? { kind: "list", items } : undefined;
  }
}

function scalarAt(start: number, value: string, style: "plain" | "quoted"): Scalar {
  return { kind: "scalar", value, start, end: start + value.length, at: start, style };
}

const HEADER = /[|>][+-]?[ ]*(?=\r?(?:\n|$)|(?<=[ ])#)/y;

function blockScalar(reader: Reader, line: Line, begin: number, indent: number): Node {
  HEADER.lastIndex = line.start;
  if (!HEADER.test(reader.text)) notPlain();
  const end = endOfBlock(reader.text, line.end, indent);
  while (reader.at < reader.lines.length && reader.lines[reader.at].start < end) reader.at++;
  checkEnd(reader, indent);
  return byWholeGrammar(reader, begin, end, indent);
}

/** Where the first line begins that has no more indentation than what holds the block; comments count. */
function endOfBlock(text: string, from: number, indent: number): number {
  for (let at = text.indexOf("\n", from); at >= 0; at = text.indexOf("\n", at + 1)) {
    let content = at + 1;
    while (text.charCodeAt(content) === SPACE) content++;
    const isEmpty = content >= text.length || text[content] === "\n" || text[content] === "\r";
    if (!isEmpty && content - at - 1 <= indent) return at + 1;
  }
  return text.length;
}
