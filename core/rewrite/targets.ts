import { readRegistryName, sourceName } from "../migration/names";
import { sourceOf } from "../migration/mapping";
import { MigrationMode, type MigrationPlanDocument, type PlannedImage } from "../migration/migrationPlan";
import { familiarName, readReference, type Reference, repositoryOf } from "../reference/reference";

/** What a reference is to become; its tag and digest stay. */
export interface Target {
  /** Registry and path, canonical. */
  repository: string;
  /** The same as people write it, for where no part of it is told apart. */
  written: string;
  /** What the image is at its destination, where that is known. */
  digest?: string;
  /** Why nothing is to be rewritten yet. */
  problem?: string;
}

/** The target of a reference; nothing where it stays. */
export type TargetOf = (reference: Reference) => Target | undefined;

/** Digests at the destinations, by source: what a ledger says was copied. */
export type Copied = ReadonlyMap<string, string>;

/**
 * Images of the plan become their destinations. What is at a destination already stays there, and may be pinned.
 *
 * @param copied what was copied; nothing where nobody knows, so that images count as copied.
 */
export function forwardTargets({ spec }: MigrationPlanDocument, copied?: Copied): TargetOf {
  const targets = new Map<string, Target>();
  for (const image of spec.images) {
    const repository = repositoryIn(image.destination);
    if (repository === undefined) continue;
    const digest = digestOf(image, copied);
    const target = { repository, written: repository, ...(digest === undefined ? {} : { digest }) };
    const isThere = !copied || copied.has(image.source) || image.mode !== MigrationMode.Copy;
    targets.set(image.source, isThere ? target : { ...target, problem: UNCOPIED });
    targets.set(image.destination, target);
  }
  return (reference) => targets.get(sourceName(reference));
}

const UNCOPIED = "it is not copied yet: kiln containers copy does that";

/** Where some platforms are copied, the digest at the destination is not that of the source. */
function digestOf({ source, digest, platforms }: PlannedImage, copied?: Copied): string | undefined {
  return copied?.get(source) ?? (platforms === undefined ? digest : undefined);
}

/** Destinations become what they stand for: the way back. */
export function backwardTargets({ spec }: MigrationPlanDocument): TargetOf {
  const plan = { ...spec, images: spec.images };
  return (reference) => {
    if (readRegistryName(`${repositoryOf(reference)}:x`).name === undefined) return undefined;
    const source = sourceOf(plan, reference);
    const { reference: back } = source === undefined ? {} : readReference(source);
    if (!back) return undefined;
    return { repository: repositoryOf(back), written: familiarName({ domain: back.domain, path: back.path }) };
  };
}

/** The same with canonical names alone: `docker.io/library/nginx` in place of `nginx`. */
export function inFull(targetOf: TargetOf): TargetOf {
  return (reference) => {
    const target = targetOf(reference);
    return target && { ...target, written: target.repository };
  };
}

function repositoryIn(name: string): string | undefined {
  const { reference } = readReference(name);
  return reference && repositoryOf(reference);
}
