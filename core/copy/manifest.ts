/** What a registry keeps under a digest. https://github.com/opencontainers/image-spec/blob/main/descriptor.md */
export interface Descriptor {
  digest: string;
  bytes: number;
  mediaType: string;
  /** Such as `linux/arm/v7`; nothing where the index does not say. */
  platform?: string;
}

/** A manifest as a registry gave it. */
export interface Manifest {
  /** Of an index, what it lists; nothing for an image. */
  manifests?: Descriptor[];
  /** Configuration and layers of an image. */
  blobs: Descriptor[];
}

/** Indexes, of OCI and of Docker. */
const INDEX_TYPES = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
];

const IMAGE_TYPES = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

/** What is asked for where a manifest is read. */
export const MANIFEST_TYPES = [...INDEX_TYPES, ...IMAGE_TYPES].join(", ");

/** Layers that stay where they are, since their licence says so. */
const FOREIGN = /foreign|nondistributable/;

export function isIndexType(mediaType: string): boolean {
  return INDEX_TYPES.includes(mediaType);
}

/** Largest manifest that registries take. */
export const MOST_MANIFEST_BYTES = 4 * 1024 ** 2;

/** A manifest is not what the formats say. */
export class ManifestError extends Error {
  override readonly name = "ManifestError";
}

/**
 * Reads a manifest.
 *
 * @throws ManifestError where it is none, or of Docker's first format, which has been given up.
 */
export function readManifest(text: string): Manifest {
  const value = objectOf(parsed(text));
  if (value.schemaVersion === 1)
    throw new ManifestError(
      "unsupported MediaType: Docker's first format of manifests, which registries no longer take",
    );
  if (Array.isArray(value.manifests)) return { manifests: value.manifests.map(descriptor), blobs: [] };
  if (!Array.isArray(value.layers)) throw new ManifestError("unsupported MediaType: neither an image nor an index");
  const layers = value.layers.map(descriptor).filter(({ mediaType }) => !FOREIGN.test(mediaType));
  return { blobs: [descriptor(value.config), ...layers] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ManifestError("unsupported MediaType: the manifest is not JSON");
  }
}

function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ManifestError("unsupported MediaType: the manifest is no object");
  return value as Record<string, unknown>;
}

function descriptor(value: unknown): Descriptor {
  const { digest, size, mediaType, platform } = objectOf(value);
  if (typeof digest !== "string" || !/^[a-z0-9]+:[a-f0-9]{32,128}$/.test(digest))
    throw new ManifestError("unsupported MediaType: the manifest has a part without a digest");
  return {
    digest,
    bytes: typeof size === "number" && Number.isSafeInteger(size) && size >= 0 ? size : 0,
    mediaType: typeof mediaType === "string" ? mediaType : "",
    ...(platform === undefined ? {} : { platform: platformOf(objectOf(platform)) }),
  };
}

function platformOf({ os, architecture, variant }: Record<string, unknown>): string {
  return [os, architecture, variant].filter((part) => typeof part === "string" && part !== "").join("/");
}

/** What an index has for the platforms that are named, and which of them it lacks. */
export function chosenOf(
  manifests: readonly Descriptor[],
  platforms: readonly string[],
): { chosen: Descriptor[]; missing: string[] } {
  const chosen = manifests.filter((one) => platforms.some((platform) => isFor(one, platform)));
  const missing = platforms.filter((platform) => !chosen.some((one) => isFor(one, platform)));
  return { chosen, missing };
}

/** `linux/arm` fits every variant, as crane has it. */
function isFor({ platform = "" }: Descriptor, wanted: string): boolean {
  return platform === wanted || platform.startsWith(`${wanted}/`);
}
