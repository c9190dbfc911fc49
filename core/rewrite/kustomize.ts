import { isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap } from "yaml";
import { readYamlDocument } from "../documents/yamlText";
import { type Span } from "../scan/imageUse";
import { type Edit } from "./edits";

/** Literal names that manifests had, with all that each became. */
export type Renamed = ReadonlyMap<string, ReadonlySet<string>>;

/** A text of a file, without its quotes. */
interface Value {
  text: string;
  span: Span;
}

/** An entry of `images`. https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/ */
export interface KustomizeEntry {
  /** The name that manifests have. */
  name: Value;
  newName?: Value;
  /** Puts further keys behind the name. */
  put: (fields: [key: string, value: string][]) => Edit;
}

const FILE = /(?:^|\/)kustomization(?:\.ya?ml)?$/i;

/** Whether a path is that of a kustomization. */
export function isKustomization(path: string): boolean {
  return FILE.test(path);
}

/** The entries of a kustomization; none where the file is another one, or not plain YAML. */
export function kustomizeEntries(path: string, text: string): KustomizeEntry[] {
  if (!isKustomization(path)) return [];
  const images = readYamlDocument(text).document?.get("images");
  if (!isSeq(images)) return [];
  return images.items.flatMap((item) => (isMap(item) ? (entryOf(item, text) ?? []) : []));
}

function entryOf(map: YAMLMap, text: string): KustomizeEntry | undefined {
  const pair = pairOf(map, "name");
  const name = valueOf(pair, text);
  if (!pair || !name) return undefined;
  const newName = valueOf(pairOf(map, "newName"), text);
  const put = map.flow ? behindFlow(pair) : behindLine(pair, text);
  return { name, ...(newName && { newName }), put };
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
}

/** A text that stands in the file exactly so. */
function valueOf(pair: Pair | undefined, text: string): Value | undefined {
  const value = pair?.value;
  if (!isScalar(value) || typeof value.value !== "string" || !value.range) return undefined;
  const quote = /^["']/.test(text.charAt(value.range[0])) ? 1 : 0;
  const span = { start: value.range[0] + quote, end: value.range[1] - quote };
  return text.slice(span.start, span.end) === value.value ? { text: value.value, span } : undefined;
}

function behindFlow({ value }: Pair): KustomizeEntry["put"] {
  const at = (value as Scalar).range?.[1] ?? 0;
  return (fields) => aside(at, fields.map(([key, text]) => `, ${key}: ${text}`).join(""));
}

function behindLine({ key, value }: Pair, text: string): KustomizeEntry["put"] {
  const start = (key as Scalar).range?.[0] ?? 0;
  const column = start - (text.lastIndexOf("\n", start - 1) + 1);
  const newline = text.indexOf("\n", (value as Scalar).range?.[1]);
  const at = newline < 0 ? text.length : newline;
  const isCrlf = text.charAt(at - 1) === "\r";
  const end = isCrlf ? "\r\n" : "\n";
  return (fields) =>
    aside(isCrlf ? at - 1 : at, fields.map(([name, to]) => `${end}${" ".repeat(column)}${name}: ${to}`).join(""));
}

function aside(at: number, text: string): Edit {
  return { start: at, end: at, text, isAside: true };
}

/** The entries by where their images stand. */
export function entriesByPlace(entries: readonly KustomizeEntry[]): ReadonlyMap<number, KustomizeEntry> {
  return new Map(entries.map((entry) => [(entry.newName ?? entry.name).span.start, entry]));
}

/**
 * What makes an entry give another image, although the manifests that it finds by their name may have been renamed.
 *
 * @param wanted registry and path that the entry shall give; nothing where they stay.
 */
export function entryEdits(
  { name, newName, put }: KustomizeEntry,
  wanted: string | undefined,
  digest: string | undefined,
  renamed: Renamed = new Map(),
): { edits: Edit[]; problem?: undefined } | { edits?: undefined; problem: string } {
  const names = [...(renamed.get(name.text) ?? [])];
  if (names.length > 1)
    return { problem: `manifests with the name ${name.text} have ${names.join(" and ")} now: write an entry for each` };
  const found = names.at(0) ?? name.text;
  const given = wanted ?? (newName ?? name).text;
  const fields: [string, string][] = [];
  if (!newName && given !== found) fields.push(["newName", given]);
  if (digest !== undefined) fields.push(["digest", digest]);
  return {
    edits: [
      ...(found === name.text ? [] : [{ ...name.span, text: found }]),
      ...(newName && newName.text !== given ? [{ ...newName.span, text: given }] : []),
      ...(fields.length > 0 ? [put(fields)] : []),
    ],
  };
}
