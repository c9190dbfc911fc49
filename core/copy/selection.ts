import { chosenOf, type Descriptor, isIndexType, type Manifest } from "./manifest";

/** What is copied of an image. */
export type Selection =
  /** All of it. */
  | { kind: "whole" }
  /** One manifest of the index. */
  | { kind: "one"; digest: string }
  /** An index of some of its manifests, which has a digest of its own. */
  | { kind: "several"; manifests: Descriptor[] };

/** An image has not the platforms that were asked for. */
export interface Lacking {
  kind: "lacking";
  missing: string[];
  /** What it has. */
  platforms: string[];
}

/** What is copied of an index; an image that is none is copied whole. */
export function selectionOf(
  index: Manifest | undefined,
  platforms: readonly string[] | undefined,
): Selection | Lacking {
  if (!platforms || !index?.manifests) return { kind: "whole" };
  const { chosen, missing } = chosenOf(index.manifests, platforms);
  if (missing.length > 0) {
    const named = index.manifests.flatMap(({ platform }) => (platform === undefined ? [] : [platform]));
    return { kind: "lacking", missing, platforms: [...new Set(named)].filter((one) => one !== "unknown/unknown") };
  }
  if (chosen.length === index.manifests.length) return { kind: "whole" };
  return chosen.length === 1 ? { kind: "one", digest: chosen[0].digest } : { kind: "several", manifests: chosen };
}

/** Manifests that the tool reads at the source. */
export function manifestsRead(selection: Selection, index: Manifest | undefined): number {
  switch (selection.kind) {
    case "whole":
      return 1 + (index?.manifests?.length ?? 0);
    case "one":
      return 1;
    case "several":
      return 1 + selection.manifests.length;
  }
}

/** Whether an index at the destination is what would be put there. */
export function isSelection(selection: Selection, { manifests }: Manifest): boolean {
  if (selection.kind !== "several" || !manifests) return false;
  const [there, wanted] = [manifests, selection.manifests].map((list) => list.map(({ digest }) => digest));
  return there.length === wanted.length && there.every((digest, index) => digest === wanted[index]);
}

/** Whether the platforms of an image can be chosen at all: only an index has several. */
export function needsIndex(mediaType: string, platforms: readonly string[] | undefined): boolean {
  return platforms !== undefined && isIndexType(mediaType);
}

/** Command line of the tool that copies it. */
export function copyArguments(selection: Selection, { from, to, platforms, nameFor }: CopyNames): string[] {
  switch (selection.kind) {
    case "whole":
      return ["copy", from, to];
    case "one":
      return ["copy", nameFor(selection.digest), to];
    case "several":
      return ["index", "filter", from, ...(platforms ?? []).flatMap((one) => ["--platform", one]), "--tag", to];
  }
}

/** Names of an image, as the tool has them. */
export interface CopyNames {
  /** By its digest. */
  from: string;
  to: string;
  platforms: readonly string[] | undefined;
  /** Another manifest of the source's repository. */
  nameFor: (digest: string) => string;
}
