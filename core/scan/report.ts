import { type API_VERSION } from "../lifecycle/familyPolicy";
import { DOCKER_HUB } from "../reference/reference";
import { type Certainty, type FileScan, type ImageUse, Purpose } from "./imageUse";
import { placesIn } from "./lines";
import { hasVariables, type KnownName, knownName } from "./openName";
import { FIRST_PARTY, firstPartyBy, ownBy, Party, partyOf } from "./parties";
import { type RunningContainer } from "./pods";

/** One place of a file that names an image. */
export interface ImagePlace extends KnownName {
  /** Path as the command was given it, with slashes. */
  file: string;
  /**
   * From 1.
   * @asType integer
   */
  line: number;
  /**
   * From 1, in UTF-16 units.
   * @asType integer
   */
  column: number;
  /** Name as the file gives it, with the defaults of variables filled in. */
  reference: string;
  /** Variables that the file leaves open. */
  open: string[];
  party: Party;
  purpose: Purpose;
  certainty: Certainty;
  /** What the place is, such as `FROM`. */
  kind: string;
}

/** One image that runs, in all pods of one owner. */
export interface RunningImage extends RunningContainer, KnownName {
  party: Party;
}

/** What could not be read, or not for sure. */
export interface ScanWarning {
  file: string;
  /** @asType integer */
  line?: number;
  /** @asType integer */
  column?: number;
  /** Says what and why. */
  message: string;
}

/** Counts of a scan. Images are those that are pulled, each counted once. */
export interface ScanSummary {
  /**
   * Files that were read.
   * @asType integer
   */
  filesRead: number;
  /**
   * Files that name images.
   * @asType integer
   */
  files: number;
  /** @asType integer */
  places: number;
  /** @asType integer */
  images: number;
  /** Images by whose they are. */
  parties: Record<Party, number>;
}

/** What a tree and clusters use, and where. */
export interface ImageScanDocument {
  /** Version of the document. */
  apiVersion: typeof API_VERSION;
  /** Kind of the document. */
  kind: "ImageScan";
  summary: ScanSummary;
  places: ImagePlace[];
  running: RunningImage[];
  warnings: ScanWarning[];
}

/** A file's findings with lines and columns; the text is not needed any more. */
export interface ScannedFile {
  file: string;
  places: Omit<ImagePlace, "party">[];
  warnings: ScanWarning[];
}

type Finding = Omit<ImagePlace, "party" | "file" | "line" | "column">;

/** Says where a file's findings stand. */
export function scannedFile(file: string, text: string, { uses, problems }: FileScan): ScannedFile {
  if (uses.length === 0 && problems.length === 0) return { file, places: [], warnings: [] };
  const place = placesIn(text);
  return {
    file,
    places: uses.map((use) => ({ file, ...place(use.span.start), ...described(use) })),
    warnings: problems.map(({ span, message }) => ({ file, ...(span && place(span.start)), message })),
  };
}

function described(use: ImageUse): Finding {
  const { reference, open, purpose, certainty, kind } = use;
  return { reference, ...knownUse(use), open, purpose, certainty, kind };
}

/**
 * What is known of a use. Where the format says which part is which, a tag that is left open hides nothing but the
 * version.
 */
export function knownUse({ reference, open, pieces }: Pick<ImageUse, "reference" | "open" | "pieces">): KnownName {
  const isNamed = open.length > 0 && pieces.some(({ role }) => role === "repository") && !hasVariables(reference);
  if (!isNamed) return knownName(reference, open.length > 0);
  const { repository, registry } = knownName(reference, false);
  return { ...(repository !== undefined && { repository }), ...(registry !== undefined && { registry }) };
}

/** What was scanned, and by what it is judged. */
export interface ScanInputs {
  files: Iterable<ScannedFile>;
  running?: readonly RunningContainer[];
  /** Warnings of files that could not be read. */
  warnings?: readonly ScanWarning[];
  /** What names of one's own begin with, besides Artifact Registry's. */
  firstParty?: readonly string[];
}

/** Joins what files and clusters say: only together they tell whose an image is. */
export function imageScan({ files, running = [], warnings = [], firstParty = [] }: ScanInputs): ImageScanDocument {
  const scanned = [...files];
  const found = scanned.flatMap(({ places }) => places);
  const isOwn = ownBy(found);
  const isFirst = firstPartyBy([...FIRST_PARTY, ...firstParty]);
  const places = found.map((place) => judged({ ...place, party: partyOf(place, isOwn, isFirst) }));
  const containers = running.map((one) => {
    const known = { ...one, ...knownName(one.reference, false) };
    return { ...known, party: partyOf({ ...known, purpose: Purpose.Pull }, isOwn, isFirst) };
  });
  return {
    apiVersion: "kiln/v1",
    kind: "ImageScan",
    summary: summaryOf(scanned.length, places, containers),
    places,
    running: containers,
    warnings: [...warnings, ...scanned.flatMap((one) => one.warnings)],
  };
}

/** A name without a host that the repository makes itself is of no registry, and so has no canonical name. */
function judged(place: ImagePlace): ImagePlace {
  const { file, line, column, reference, open, party, purpose, certainty, kind } = place;
  return party !== Party.Own || place.registry !== DOCKER_HUB || reference.includes(DOCKER_HUB)
    ? place
    : { file, line, column, reference, open, party, purpose, certainty, kind };
}

/** What is the same for all places of one image. */
export function imageName({ image, reference }: KnownName & { reference: string }): string {
  return image ?? reference;
}

/** Counts of a document, or of the part of it that is shown. */
export function summaryOf(
  filesRead: number,
  places: readonly ImagePlace[],
  running: readonly RunningImage[],
): ScanSummary {
  const pulled = [...places.filter(({ purpose }) => purpose === Purpose.Pull), ...running];
  const images = new Map(pulled.map((one) => [imageName(one), one.party]));
  const parties = Object.fromEntries(Object.values(Party).map((party) => [party, 0])) as Record<Party, number>;
  for (const party of images.values()) parties[party]++;
  return {
    filesRead,
    files: new Set(places.map(({ file }) => file)).size,
    places: places.length,
    images: images.size,
    parties,
  };
}
