import { CST, Parser } from "yaml";
import { type ScanProblem } from "../scan/imageUse";
import { plainTree } from "./plainTree";
import { joinedLines } from "./repair";
import { type Entry, type ListNode, type MapNode, type Node, type Scalar } from "./tree";

/** Documents nested deeper than any that people write are cut there. */
const MOST_DEPTH = 200;

/** A document with what is wrong with it; what could be read stands nevertheless. */
export interface ReadTree {
  root?: Node;
  problems: ScanProblem[];
}

interface Reading {
  /** The document as it stands in the file. */
  original: string;
  base: number;
  anchors: Map<string, Node>;
  problems: ScanProblem[];
}

type Item = CST.CollectionItem;

/** A document of people has no more of what Go's YAML alone reads. */
const MOST_REPAIRS = 12;

/** Reads one YAML or JSON document, and as far as it goes one that only Go's YAML reads. */
export function readTree(text: string, base: number): ReadTree {
  const plain = plainTree(text, base, readEntry);
  return plain ? { ...plain, problems: [] } : readWhole(text, base);
}

/** An entry by itself; nothing where something is wrong with it, or where it is more than one. */
export function readEntry(text: string, base: number): Node | undefined {
  const { root, problems } = readOnce(text, text, base);
  if (problems.length > 0 || root === undefined || root.kind === "scalar") return undefined;
  if (root.kind === "list") return root.items.length === 1 ? root.items[0] : undefined;
  return root.entries.length === 1 ? root.entries[0].value : undefined;
}

/** Reads a document by the whole grammar. */
export function readWhole(text: string, base: number): ReadTree {
  let tree = readOnce(text, text, base);
  for (let repairs = 0, on: string | undefined = text; repairs < MOST_REPAIRS; repairs++) {
    const open = tree.problems.find(({ message }) => message === UNCLOSED)?.span;
    on = open === undefined || on === undefined ? undefined : joinedLines(on, open.start - base);
    if (on === undefined) break;
    tree = readOnce(on, text, base);
  }
  return tree;
}

/**
 * Reads a document with the tokens of https://eemeli.org/yaml/#parsing-yaml alone: composing whole
 * documents takes twice the time, and its values no longer know where they stand.
 *
 * @param base where the text begins in its file.
 */
function readOnce(text: string, original: string, base: number): ReadTree {
  const reading: Reading = { original, base, anchors: new Map(), problems: [] };
  let root: Node | undefined;
  for (const token of new Parser().parse(text)) {
    if (token.type === "error") reading.problems.push(problem(reading, token));
    if (token.type === "document") root ??= toNode(token.value, reading, 0, token.start);
  }
  return { root, problems: reading.problems };
}

function problem({ base }: Reading, token: CST.ErrorToken): ScanProblem {
  const start = base + token.offset;
  return { span: { start, end: start + token.source.length }, message: `YAML: ${token.message}` };
}

/** @param before tokens before the value, where its anchor stands. */
function toNode(
  token: CST.Token | null | undefined,
  reading: Reading,
  depth: number,
  before: CST.SourceToken[] = [],
): Node | undefined {
  if (token === null || token === undefined) return undefined;
  if (token.type === "alias") return reading.anchors.get(token.source.slice(1));
  const node = shell(token, reading);
  if (node === undefined) return undefined;
  for (const { type, source } of before) if (type === "anchor") reading.anchors.set(source.slice(1), node);
  if (node.kind !== "scalar")
    fill(node, token as CST.BlockMap | CST.BlockSequence | CST.FlowCollection, reading, depth);
  return node;
}

function shell(token: CST.Token, reading: Reading): Node | undefined {
  if (CST.isScalar(token))
    return token.type === "block-scalar" ? blockScalar(token, reading.base) : flowScalar(token, reading);
  if (token.type === "block-map") return { kind: "map", entries: [] };
  if (token.type === "block-seq") return { kind: "list", items: [] };
  if (token.type !== "flow-collection") return undefined;
  return token.start.source === "{" ? { kind: "map", entries: [] } : { kind: "list", items: [] };
}

/** A collection's anchor is known before its entries are read; it means the whole nevertheless. */
function fill(
  node: MapNode | ListNode,
  token: CST.BlockMap | CST.BlockSequence | CST.FlowCollection,
  reading: Reading,
  depth: number,
): void {
  if (depth >= MOST_DEPTH) {
    const start = reading.base + token.offset;
    if (!reading.problems.some(({ message }) => message === TOO_DEEP))
      reading.problems.push({ span: { start, end: start }, message: TOO_DEEP });
    return;
  }
  if (
    token.type === "flow-collection" &&
    !token.end.some(({ type }) => type.startsWith("flow-") && type !== "flow-error-end")
  ) {
    const start = reading.base + token.offset;
    reading.problems.push({ span: { start, end: start + 1 }, message: UNCLOSED });
  }
  for (const item of token.items) {
    if (node.kind === "map") addEntries(node, entry(item, reading, depth));
    else node.items.push(listItem(item, reading, depth, token.type === "flow-collection"));
  }
}

const TOO_DEEP = `nested deeper than ${MOST_DEPTH} levels; what lies deeper was not read`;

function addEntries(map: MapNode, entries: Entry[]): void {
  for (const one of entries) {
    map.entries.push(one);
    if (one.key === "<<") map.merges = true;
  }
}

function entry(item: Item, reading: Reading, depth: number): Entry[] {
  const key = toNode(item.key, reading, depth + 1, item.start);
  const value = toNode(item.value, reading, depth + 1, item.sep ?? item.start);
  return key?.kind === "scalar" ? [{ key: key.value, value }] : value === undefined ? [] : [{ key: "?", value }];
}

/** `[a: b]` is a sequence of a mapping; `[a]` holds its value as a key without a colon. */
function listItem(item: Item, reading: Reading, depth: number, isFlow: boolean): Node | undefined {
  const isPair = isFlow && item.sep?.some(({ type }) => type === "map-value-ind") === true;
  if (isPair) return { kind: "map", entries: entry(item, reading, depth + 1) };
  return toNode(item.value ?? item.key, reading, depth + 1, item.start);
}

function flowScalar(token: CST.FlowScalar, { original, base, problems }: Reading): Scalar {
  const { source } = token;
  const isPlain = token.type === "scalar";
  const start = base + token.offset + (isPlain ? 0 : 1);
  const isClosed = !isPlain && source.length > 1 && source.endsWith(source[0]);
  const end = base + token.offset + source.length - (isClosed ? 1 : 0);
  if (!isPlain && !isClosed) problems.push({ span: { start: start - 1, end }, message: UNCLOSED });
  const inner = isPlain ? source : source.slice(1, isClosed ? -1 : undefined);
  const style = isPlain ? "plain" : "quoted";
  const isSame = original.startsWith(inner, start - base);
  if (isSame && !ALTERED[token.type as keyof typeof ALTERED].test(inner))
    return { kind: "scalar", value: inner, start, end, at: start, style };
  return { kind: "scalar", value: resolved(token), start, end, style };
}

const UNCLOSED =
  "YAML: the quoted text, list or mapping that begins here is not closed, or goes on with too little indentation";

/** What makes a text differ from how it is written. */
const ALTERED = {
  scalar: /\n/,
  "single-quoted-scalar": /['\n]/,
  "double-quoted-scalar": /[\\\n]/,
} as const;

function blockScalar(token: CST.BlockScalar, base: number): Scalar {
  const style = token.props.some((prop) => prop.type === "block-scalar-header" && prop.source.startsWith(">"))
    ? "folded"
    : "literal";
  const start = base + token.props.reduce((end, prop) => Math.max(end, afterOf(prop)), token.offset);
  const scalar: Scalar = { kind: "scalar", value: resolved(token), start, end: start + token.source.length, style };
  const at = token.source.indexOf(scalar.value.trim());
  const isOneLine = token.source.trim() === scalar.value.trim();
  if (isOneLine && at >= 0) Object.assign(scalar, { value: scalar.value.trim(), at: start + at });
  return scalar;
}

function afterOf(token: CST.Token): number {
  return "source" in token ? token.offset + token.source.length : token.offset;
}

function resolved(token: CST.FlowScalar | CST.BlockScalar): string {
  return CST.resolveAsScalar(token, false, () => undefined).value;
}
