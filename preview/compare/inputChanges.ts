import { compareText } from "../graph";
import { type GraphValue, isDeeper, markerOf } from "../graphValue";

/** One difference between two values, without a judgement. */
export interface ValueChange {
  /** See `InputChange.path` for its form. */
  path: string;
  /** Left out where there was nothing. */
  before?: GraphValue;
  /** Left out where there is nothing. */
  after?: GraphValue;
}

type Fields = Record<string, GraphValue>;

/** Keys by which the entries of a list are told from each other, in order of preference. */
const NAMES = ["name", "id", "key"] as const;

/** Deeper text is compared as text. */
const MAX_LEVELS = 100;

/** Where two objects differ, by path. */
export function objectChanges(before: Fields, after: Fields): ValueChange[] {
  return fieldChanges(before, after, "");
}

function fieldChanges(before: Fields, after: Fields, path: string): ValueChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compareText);
  return keys.flatMap((key) => valueChanges(own(before, key), own(after, key), fieldPath(path, key)));
}

function own(fields: Fields, key: string): GraphValue | undefined {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function fieldPath(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

/**
 * What is unknown or secret on both sides counts as the same: nobody can tell. What is so on one side alone differs,
 * since the program says something else.
 */
function valueChanges(before: GraphValue | undefined, after: GraphValue | undefined, path: string): ValueChange[] {
  if (before === after) return [];
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(before, after, path);
  if (isFields(before) && isFields(after) && (markerOf(before) ?? markerOf(after)) === undefined)
    return fieldChanges(before, after, path);
  const [old, now] = [parsed(before), parsed(after)];
  if (old && now) return fieldChanges(old, now, path);
  return isSame(before, after) ? [] : [changeOf(path, before, after)];
}

function changeOf(path: string, before: GraphValue | undefined, after: GraphValue | undefined): ValueChange {
  return { path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

function isFields(value: GraphValue | undefined): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A policy, a schema or a document is often given as JSON text. */
function parsed(value: GraphValue | undefined): Fields | undefined {
  if (typeof value !== "string" || !/^\s*\{/.test(value)) return undefined;
  try {
    const fields = JSON.parse(value) as GraphValue;
    return isFields(fields) && !isDeeper(fields, MAX_LEVELS) ? fields : undefined;
  } catch {
    return undefined;
  }
}

/** Assets are the same where their contents are, wherever the files are. */
function isSame(before: GraphValue | undefined, after: GraphValue | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  const hash = hashOf(before);
  return hash === undefined ? canonical(before) === canonical(after) : hash === hashOf(after);
}

function hashOf(value: GraphValue): GraphValue | undefined {
  const marker = markerOf(value);
  if (marker !== "asset" && marker !== "archive") return undefined;
  const content = (value as Fields)[`$${marker}`];
  return isFields(content) ? content.hash : undefined;
}

/** JSON whose keys are sorted. */
export function canonical(value: GraphValue): string {
  return JSON.stringify(value, (_, part: GraphValue) =>
    isFields(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => compareText(a, b))) : part,
  );
}

function listChanges(before: GraphValue[], after: GraphValue[], path: string): ValueChange[] {
  const name = NAMES.find((one) => isNamedBy(before, one) && isNamedBy(after, one));
  if (name) return namedChanges(before as Fields[], after as Fields[], { path, name });
  if (before.every(isPlain) && after.every(isPlain)) return plainChanges(before, after, path);
  return Array.from({ length: Math.max(before.length, after.length) }).flatMap((_, at) =>
    valueChanges(before[at], after[at], `${path}[${at}]`),
  );
}

function isNamedBy(list: GraphValue[], name: string): boolean {
  const names = list.map((entry) => (isFields(entry) ? own(entry, name) : undefined));
  return names.every((one) => typeof one === "string") && new Set(names).size === names.length;
}

/** Entries are matched by their names; another order of them is a change of the list itself. */
function namedChanges(
  before: Fields[],
  after: Fields[],
  { path, name }: { path: string; name: (typeof NAMES)[number] },
): ValueChange[] {
  const byName = (list: Fields[]) => new Map(list.map((entry) => [entry[name] as string, entry]));
  const [old, now] = [byName(before), byName(after)];
  const kept = [...old.keys()].filter((one) => now.has(one));
  const order = [...now.keys()].filter((one) => old.has(one));
  const names = [...new Set([...old.keys(), ...now.keys()])].sort(compareText);
  return [
    ...(kept.every((one, at) => one === order[at]) ? [] : [{ path, before: kept, after: order }]),
    ...names.flatMap((one) => valueChanges(old.get(one), now.get(one), `${path}[${JSON.stringify(one)}]`)),
  ];
}

function isPlain(value: GraphValue): boolean {
  return typeof value !== "object" || value === null;
}

/** What a list of texts gains and loses; the whole list where only the order, or how often, differs. */
function plainChanges(before: GraphValue[], after: GraphValue[], path: string): ValueChange[] {
  const [old, now] = [new Set(before), new Set(after)];
  const changes = [
    ...[...old].filter((one) => !now.has(one)).map((one) => ({ path: `${path}[]`, before: one })),
    ...[...now].filter((one) => !old.has(one)).map((one) => ({ path: `${path}[]`, after: one })),
  ];
  const isSameList = before.length === after.length && before.every((one, at) => one === after[at]);
  return changes.length > 0 || isSameList ? changes : [{ path, before, after }];
}
