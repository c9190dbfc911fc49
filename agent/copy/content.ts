import { type Manifest, ManifestError, readManifest } from "../../core/copy/manifest";
import { FailureKind } from "../../core/copy/failures";
import { repositoryOf } from "../../core/reference/reference";
import { CopyFailure } from "./copyFailure";
import { type Repository } from "./ask";
import { type Registries } from "./registry";

/** Manifests by their digests; a digest stands for the same one everywhere. */
export type Manifests = Map<string, Manifest>;

/** Indexes hold indexes; nobody has more levels. */
const MOST_LEVELS = 4;
/** Manifests of one image. */
const MOST_MANIFESTS = 2_000;

/** All that belongs to a manifest, itself included. */
export interface Content {
  manifests: string[];
  /** Sizes of configurations and layers by their digests. */
  blobs: Map<string, number>;
}

/** Reads a manifest, unless it is known. */
export async function manifestOf(
  registries: Registries,
  repository: Repository,
  digest: string,
  known: Manifests,
): Promise<Manifest> {
  const found = known.get(digest);
  if (found) return found;
  const read = await registries.read(repository, digest);
  if (!read) throw new CopyFailure(FailureKind.NotFound, `manifest ${digest} is not in ${repositoryOf(repository)}`);
  const manifest = parsed(read.text);
  known.set(digest, manifest);
  return manifest;
}

/** @throws CopyFailure for a text that is no manifest. */
export function parsed(text: string): Manifest {
  try {
    return readManifest(text);
  } catch (error) {
    if (error instanceof ManifestError) throw new CopyFailure(FailureKind.Unsupported, error.message);
    throw error;
  }
}

/** What belongs to some manifests of a repository; those that are not known are read there. */
export async function contentOf(
  registries: Registries,
  repository: Repository,
  digests: readonly string[],
  known: Manifests,
): Promise<Content> {
  const content: Content = { manifests: [], blobs: new Map() };
  const seen = new Set<string>();
  let level = [...digests];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === MOST_LEVELS || seen.size + level.length > MOST_MANIFESTS)
      throw new CopyFailure(FailureKind.Unsupported, "its indexes hold too many others");
    for (const digest of level) seen.add(digest);
    const read = await Promise.all(level.map((digest) => manifestOf(registries, repository, digest, known)));
    content.manifests.push(...level);
    for (const { blobs } of read) for (const { digest, bytes } of blobs) content.blobs.set(digest, bytes);
    const below = read.flatMap(({ manifests = [] }) => manifests.map(({ digest }) => digest));
    level = [...new Set(below)].filter((digest) => !seen.has(digest));
  }
  return content;
}

export function bytesOf({ blobs }: Content): number {
  let sum = 0;
  for (const bytes of blobs.values()) sum += bytes;
  return sum;
}

/**
 * Looks whether a repository has all that belongs to a manifest, which is there itself.
 *
 * @throws CopyFailure naming the first part that is missing.
 */
export async function verify(
  registries: Registries,
  repository: Repository,
  digest: string,
  known: Manifests,
): Promise<Content> {
  const content = await contentOf(registries, repository, [digest], known);
  const missing = await Promise.all([
    ...content.manifests
      .filter((one) => one !== digest)
      .map(async (one) => ((await registries.find(repository, one)) ? undefined : `manifest ${one}`)),
    ...[...content.blobs.keys()].map(async (one) =>
      (await registries.hasBlob(repository, one)) === false ? `layer ${one}` : undefined,
    ),
  ]);
  const [first] = missing.filter((one) => one !== undefined);
  if (first !== undefined) throw new CopyFailure(FailureKind.Incomplete, `the destination lacks ${first}`);
  return content;
}
