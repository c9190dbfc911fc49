import { Purpose } from "./imageUse";
import { Party } from "./parties";
import { imageName, type ImagePlace, type ImageScanDocument, type RunningImage } from "./report";

/** All places of one image, or of all images of one registry. */
export interface ImageGroup {
  /** Canonical name where it is known, or the registry. */
  name: string;
  parties: Party[];
  images: number;
  places: ImagePlace[];
  running: RunningImage[];
}

/** Images that are pulled, the most used first. */
export function byImage(scan: ImageScanDocument): ImageGroup[] {
  return groupsBy(scan, imageName);
}

/** Registries that images are pulled from, the most used first. */
export function byRegistry(scan: ImageScanDocument): ImageGroup[] {
  return groupsBy(
    scan,
    ({ registry, party }) => registry ?? (party === Party.Own ? "own, of no registry" : "behind variables"),
  );
}

function groupsBy(
  { places, running }: ImageScanDocument,
  nameOf: (one: ImagePlace | RunningImage) => string,
): ImageGroup[] {
  const groups = new Map<string, { places: ImagePlace[]; running: RunningImage[] }>();
  const groupOf = (one: ImagePlace | RunningImage) => {
    const group = groups.get(nameOf(one)) ?? { places: [], running: [] };
    groups.set(nameOf(one), group);
    return group;
  };
  for (const one of places) if (one.purpose === Purpose.Pull) groupOf(one).places.push(one);
  for (const one of running) groupOf(one).running.push(one);
  return [...groups].map(([name, group]) => ({ name, ...countsOf(group), ...group })).sort(byUse);
}

function countsOf(group: Pick<ImageGroup, "places" | "running">): Pick<ImageGroup, "parties" | "images"> {
  const all = [...group.places, ...group.running];
  return { parties: [...new Set(all.map(({ party }) => party))].sort(), images: new Set(all.map(imageName)).size };
}

function byUse(a: ImageGroup, b: ImageGroup): number {
  const uses = ({ places, running }: ImageGroup) => places.length + running.length;
  return uses(b) - uses(a) || (a.name < b.name ? -1 : Number(a.name > b.name));
}
