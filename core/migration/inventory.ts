import { type ReportedPulls } from "../pulls/pullsReport";
import { DOCKER_HUB, readReference, type Reference, repositoryOf } from "../reference/reference";
import { Certainty, Purpose } from "../scan/imageUse";
import { FIRST_PARTY, firstPartyBy, Party } from "../scan/parties";
import { type ImagePlace, type ImageScanDocument } from "../scan/report";
import { sourceName, withVersion } from "./names";

/** What logs say of an image. */
export type Pulled = Pick<ReportedPulls, "image" | "thirdParty" | "pulls" | "lastPull">;

/** What is known about the images that are in use. */
export interface Evidence {
  scan: Pick<ImageScanDocument, "places" | "running">;
  /** What logs say; nothing where none were read. */
  pulls?: readonly Pulled[];
  /** What names of one's own begin with, besides Artifact Registry's. */
  firstParty?: readonly string[];
}

/** An image of somebody else's, with all that files, clusters and logs say of it. */
export interface InventoryItem {
  source: string;
  reference: Reference;
  uses: number;
  running?: number;
  pulls?: number;
  lastPull?: string;
}

/** A place that names an image which cannot be planned for. */
export interface LeftOut {
  file: string;
  line?: number;
  column?: number;
  reference: string;
  reason: string;
}

/** Images of third parties by the names that a plan gives them, and what had to be left out. */
export interface Inventory {
  items: InventoryItem[];
  left: LeftOut[];
}

/** Joins what files, clusters and logs say. */
export function inventoryOf({ scan, pulls, firstParty = [] }: Evidence): Inventory {
  const items = new Map<string, InventoryItem>();
  const left: LeftOut[] = [];
  const itemOf = (name: string): InventoryItem | undefined => {
    const { reference } = readReference(name);
    if (!reference || isLocal(reference)) return undefined;
    const source = sourceName(reference);
    const known = items.get(source) ?? {
      ...{ source, reference: withVersion(reference), uses: 0 },
      ...(scan.running.length > 0 && { running: 0 }),
      ...(pulls && { pulls: 0 }),
    };
    items.set(source, known);
    return known;
  };
  for (const place of scan.places) {
    const reason = reasonToLeave(place);
    if (reason !== undefined) left.push({ ...placeOf(place), reason });
    else if (isPlanned(place)) addTo(itemOf(place.image ?? ""), (item) => item.uses++);
  }
  for (const { image, party, pods } of scan.running)
    if (party === Party.Third && image !== undefined)
      addTo(itemOf(image), (item) => (item.running = (item.running ?? 0) + pods));
  const isOwn = firstPartyBy([...FIRST_PARTY, ...firstParty]);
  for (const pulled of pulls ?? []) addPulls(pulled, itemOf, isOwn);
  return { items: [...items.values()].sort((a, b) => compare(a.source, b.source)), left };
}

function addTo(item: InventoryItem | undefined, change: (item: InventoryItem) => void): void {
  if (item) change(item);
}

function addPulls(
  { image, thirdParty, pulls, lastPull }: Pulled,
  itemOf: (name: string) => InventoryItem | undefined,
  isOwn: (name: string) => boolean,
): void {
  const { reference } = readReference(image);
  if (!reference || !thirdParty || isOwn(repositoryOf(reference))) return;
  addTo(itemOf(image), (item) => {
    item.pulls = (item.pulls ?? 0) + pulls;
    if (item.lastPull === undefined || lastPull > item.lastPull) item.lastPull = lastPull;
  });
}

function isPlanned({ party, purpose, image }: ImagePlace): boolean {
  return party === Party.Third && purpose === Purpose.Pull && image !== undefined;
}

/** Why a place that may name an image of somebody else's is not planned for. */
function reasonToLeave({ party, purpose, open, image, certainty }: ImagePlace): string | undefined {
  if (purpose !== Purpose.Pull || party === Party.Own || party === Party.First) return undefined;
  if (open.length > 0) return `the file leaves ${open.join(", ")} open`;
  if (certainty === Certainty.Look) return "Kiln does not read this program: look there";
  if (image === undefined) return "it is no whole name";
  const { reference } = readReference(image);
  return reference && isLocal(reference) ? "its registry is on one machine" : undefined;
}

function placeOf({ file, line, column, reference }: ImagePlace): Omit<LeftOut, "reason"> {
  return { file, line, column, reference };
}

/** Registries of one machine, which nobody else reaches. */
export function isLocal({ domain }: Reference): boolean {
  return domain !== DOCKER_HUB && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(domain);
}

/** The same order on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
