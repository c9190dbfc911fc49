import { type AuditEvent } from "./auditEvents";
import { createdAt, holdOf } from "./change";
import { architectureOf, HOLD_LABEL, type Image, ImageState, instant, stateOf, timestamp } from "./image";

/** What happened to an image. */
export const HistoryKind = {
  /** It came into the family. */
  Added: "added",
  /** It became active again. */
  Activated: "activated",
  Deprecated: "deprecated",
  Obsolete: "obsolete",
  Deleted: "deleted",
} as const;
export type HistoryKind = (typeof HistoryKind)[keyof typeof HistoryKind];

/** One line of a family's timeline. */
export interface HistoryEvent {
  /** RFC 3339; nothing where nobody wrote it down: it came after what is known of the image. */
  at?: string;
  kind: HistoryKind;
  /** Name of the image. */
  image: string;
  architecture: string;
  /** Who did it, where the audit log says so. */
  by?: string;
  /** The image that the family stands for from then on; nothing where it stands for none. */
  standsFor?: string;
  /** Whether the family stood for another one before. */
  moved: boolean;
  /** What is worth knowing of the image now. */
  note?: string;
}

/** What a timeline is made of. */
export interface HistoryInputs {
  /** All images of the project. */
  images: readonly Image[];
  family: string;
  /** What the audit log says; it knows of deleted images too, and who did what. */
  audit?: readonly AuditEvent[];
  /** Milliseconds since 1970. */
  now: number;
}

type Happening = Pick<HistoryEvent, "kind" | "image" | "architecture" | "by" | "note"> & {
  at: number;
  created: number;
};

/** Tells what a family stood for over time: oldest first, and what has no date last. */
export function historyOf(inputs: HistoryInputs): HistoryEvent[] {
  const happenings = [...imagesOf(inputs)].flatMap(([name, image]) => happeningsOf(inputs, name, image));
  const order = Object.values(HistoryKind);
  happenings.sort(
    (a, b) =>
      (a.at === b.at ? 0 : a.at - b.at) ||
      order.indexOf(a.kind) - order.indexOf(b.kind) ||
      (a.image < b.image ? -1 : 1),
  );
  const actives = new Map<string, Map<string, number>>();
  return happenings.map((one) => {
    const line = actives.get(one.architecture) ?? new Map<string, number>();
    actives.set(one.architecture, line);
    const before = newestOf(line);
    if (one.kind === HistoryKind.Added || one.kind === HistoryKind.Activated) line.set(one.image, one.created);
    else line.delete(one.image);
    return eventOf(one, before, newestOf(line));
  });
}

function eventOf(
  { at, kind, image, architecture, by, note }: Happening,
  before?: string,
  after?: string,
): HistoryEvent {
  return {
    ...(Number.isFinite(at) ? { at: timestamp(at) } : {}),
    ...{ kind, image, architecture },
    ...(by === undefined ? {} : { by }),
    ...(after === undefined ? {} : { standsFor: after }),
    moved: before !== after,
    ...(note === undefined ? {} : { note }),
  };
}

function newestOf(line: ReadonlyMap<string, number>): string | undefined {
  let newest: [string, number] | undefined;
  for (const [name, created] of line)
    if (!newest || created > newest[1] || (created === newest[1] && name > newest[0])) newest = [name, created];
  return newest?.[0];
}

/** Images that are or were in the family; nothing for those that are gone. */
function imagesOf({ images, family, audit = [] }: HistoryInputs): Map<string, Image | undefined> {
  const found = new Map<string, Image | undefined>();
  for (const event of audit) if (event.family === family) found.set(event.image, undefined);
  for (const image of images)
    if (image.family === family && image.status === "READY" && !Number.isNaN(createdAt(image)))
      found.set(image.name, image);
    else if (image.family !== family) found.delete(image.name);
  return found;
}

function happeningsOf({ audit = [], now, family }: HistoryInputs, name: string, image: Image | undefined): Happening[] {
  const events = audit.filter((one) => one.image === name);
  const inserted = events.find(({ method }) => method === "insert");
  const joined = events.find((one) => one.family === family);
  const created = image ? createdAt(image) : Date.parse((inserted ?? joined)?.at ?? "");
  const note = image && holdOf(image) !== undefined ? `${HOLD_LABEL}=${holdOf(image)}` : undefined;
  const base = {
    ...{ image: name, created },
    architecture: image ? architectureOf(image) : (inserted?.architecture ?? "X86_64"),
    ...(note === undefined ? {} : { note }),
  };
  const added = { ...base, kind: HistoryKind.Added, at: joined ? Date.parse(joined.at) : created, by: joined?.by };
  const changes = events.flatMap((one) => changeOf(one) ?? []);
  const known = changes.length > 0 || !image ? changes : writtenIn(image, now);
  return [added, ...known.map((change) => ({ ...base, ...change }))];
}

function changeOf({ method, state, at, by }: AuditEvent): Pick<Happening, "kind" | "at" | "by"> | undefined {
  if (method === "delete") return { kind: HistoryKind.Deleted, at: Date.parse(at), by };
  if (method !== "deprecate") return undefined;
  const kinds: Record<string, HistoryKind> = {
    [ImageState.Deprecated]: HistoryKind.Deprecated,
    [ImageState.Obsolete]: HistoryKind.Obsolete,
    [ImageState.Deleted]: HistoryKind.Obsolete,
  };
  const kind = Object.hasOwn(kinds, state ?? "") ? kinds[state ?? ""] : HistoryKind.Activated;
  return { kind, at: Date.parse(at), by };
}

/** What an image itself says of its past. */
function writtenIn(image: Image, now: number): Pick<Happening, "kind" | "at">[] {
  const state = stateOf(image);
  if (state === undefined || state === ImageState.Active) return [];
  const past = (date: string | undefined) => {
    const at = instant(date) ?? Infinity;
    return at <= now ? at : Infinity;
  };
  const { deprecated, obsolete } = image.deprecated ?? {};
  const from = { kind: HistoryKind.Deprecated, at: past(deprecated) };
  if (state === ImageState.Deprecated) return [from];
  const to = { kind: HistoryKind.Obsolete, at: past(obsolete) };
  return Number.isFinite(from.at) ? [from, to] : [to];
}
