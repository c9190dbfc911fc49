import { compareText } from "../graph";
import { type GraphValue, isDeeper, markerOf, NOT_SECRET, SECRET } from "../graphValue";

/** One difference between two values, without a judgement. */
export interface ValueChange {
  /** See `InputChange.path` for its form. */
  path: string;
  /** The path by index in the base and in the change, where {@link path} goes by the names of entries. */
  places?: string[];
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

/** Where a value is: as people read it, and by index in the base and in the change. */
interface Place {
  path: string;
  old: string;
  now: string;
}

const TOP: Place = { path: "", old: "", now: "" };

/** Where two objects differ, by path. */
export function objectChanges(before: Fields, after: Fields): ValueChange[] {
  return fieldChanges(before, after, TOP);
}

function fieldChanges(before: Fields, after: Fields, place: Place): ValueChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compareText);
  return keys.flatMap((key) => valueChanges(own(before, key), own(after, key), below(place, fieldStep(key))));
}

function own(fields: Fields, key: string): GraphValue | undefined {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function fieldStep(key: string): string {
  return /^[A-Za-z_$][\w$-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function below({ path, old, now }: Place, step: string, oldStep = step, nowStep = step): Place {
  return { path: path + step, old: old + oldStep, now: now + nowStep };
}

/**
 * What is unknown or secret on both sides counts as the same: nobody can tell. What is so on one side alone differs,
 * since the program says something else.
 */
function valueChanges(before: GraphValue | undefined, after: GraphValue | undefined, place: Place): ValueChange[] {
  if (before === after) return [];
  if (before === SECRET && after !== undefined) return [changeOf(place, before, withheld(after))];
  if (after === SECRET && before !== undefined) return [changeOf(place, withheld(before), after)];
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(before, after, place);
  if (isFields(before) && isFields(after) && (markerOf(before) ?? markerOf(after)) === undefined)
    return fieldChanges(before, after, place);
  const [old, now] = [parsed(before), parsed(after)];
  if (old && now) return fieldChanges(old, now, place);
  return isSame(before, after) ? [] : [changeOf(place, before, after)];
}

function changeOf(place: Place, before: GraphValue | undefined, after: GraphValue | undefined): ValueChange {
  const [path, ...places] = [place.path, place.old, place.now].map((one) => one.replace(/^\./, ""));
  return {
    path,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(places.every((one) => one === path) ? {} : { places }),
  };
}

/** What stands in place of a value that may be the other side's secret. */
function withheld(value: GraphValue): GraphValue {
  return markerOf(value) === "unknown" ? value : NOT_SECRET;
}

/** Whether a value has keys. */
export function isFields(value: GraphValue | undefined): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A policy, a schema or a document is often given as JSON text. What parsing would lose is compared as text. */
function parsed(value: GraphValue | undefined): Fields | undefined {
  if (typeof value !== "string" || !/^\s*\{/.test(value)) return undefined;
  try {
    const fields = JSON.parse(value) as GraphValue;
    return isFields(fields) && !isDeeper(fields, MAX_LEVELS) && isExact(value, fields) ? fields : undefined;
  } catch {
    return undefined;
  }
}

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|:/g;

/** Whether a value says all that its JSON says: keys that occur twice and digits that no number holds are lost. */
function isExact(json: string, value: Fields): boolean {
  const tokens = json.match(TOKEN) ?? [];
  const keys = tokens.filter((token) => token === ":").length;
  return keys === keysIn(value) && tokens.every((token) => /^[":]/.test(token) || String(Number(token)) === token);
}

function keysIn(value: GraphValue): number {
  if (typeof value !== "object" || value === null) return 0;
  const members = Object.values(value);
  return members.reduce<number>((sum, member) => sum + keysIn(member), Array.isArray(value) ? 0 : members.length);
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

function listChanges(before: GraphValue[], after: GraphValue[], place: Place): ValueChange[] {
  const name = NAMES.find((one) => isNamedBy(before, one) && isNamedBy(after, one));
  if (name) return namedChanges(before as Fields[], after as Fields[], { place, name });
  if (before.every(isPlain) && after.every(isPlain)) return plainChanges(before, after, place);
  return Array.from({ length: Math.max(before.length, after.length) }).flatMap((_, at) =>
    valueChanges(before[at], after[at], below(place, `[${at}]`)),
  );
}

function isNamedBy(list: GraphValue[], name: string): boolean {
  const names = list.map((entry) => (isFields(entry) ? own(entry, name) : undefined));
  return names.every((one) => typeof one === "string" && one !== SECRET) && new Set(names).size === names.length;
}

/** Entries are matched by their names; another order of them is a change of the list itself. */
function namedChanges(
  before: Fields[],
  after: Fields[],
  { place, name }: { place: Place; name: (typeof NAMES)[number] },
): ValueChange[] {
  const byName = (list: Fields[]) => new Map(list.map((entry, at) => [entry[name] as string, { entry, at }]));
  const [old, now] = [byName(before), byName(after)];
  const kept = [...old.keys()].filter((one) => now.has(one));
  const order = [...now.keys()].filter((one) => old.has(one));
  const names = [...new Set([...old.keys(), ...now.keys()])].sort(compareText);
  const entryPlace = (one: string) => {
    const [oldAt, nowAt] = [old, now].map((list) => list.get(one)?.at);
    return below(place, `[${JSON.stringify(one)}]`, `[${oldAt ?? nowAt}]`, `[${nowAt ?? oldAt}]`);
  };
  return [
    ...(kept.every((one, at) => one === order[at]) ? [] : [changeOf(place, kept, order)]),
    ...names.flatMap((one) => valueChanges(old.get(one)?.entry, now.get(one)?.entry, entryPlace(one))),
  ];
}

function isPlain(value: GraphValue): boolean {
  return typeof value !== "object" || value === null;
}

/** What a list of texts gains and loses; the whole list where only the order, or how often, differs. */
function plainChanges(before: GraphValue[], after: GraphValue[], place: Place): ValueChange[] {
  const [old, now] = [new Set(before), new Set(after)];
  const [gone, fresh] = [[...old].filter((one) => !now.has(one)), [...now].filter((one) => !old.has(one))];
  // What one side calls a secret may be any of those that the other side has alone.
  const oldText = (one: GraphValue) => (one !== SECRET && fresh.includes(SECRET) ? NOT_SECRET : one);
  const newText = (one: GraphValue) => (one !== SECRET && gone.includes(SECRET) ? NOT_SECRET : one);
  const at = (index: number) => below(place, "[]", `[${index}]`, `[${index}]`);
  const changes = [
    ...gone.map((one) => changeOf(at(before.indexOf(one)), oldText(one), undefined)),
    ...fresh.map((one) => changeOf(at(after.indexOf(one)), undefined, newText(one))),
  ];
  const isSameList = before.length === after.length && before.every((one, at) => one === after[at]);
  return changes.length > 0 || isSameList ? changes : [changeOf(place, before, after)];
}
