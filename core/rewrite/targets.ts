import { readRegistryName, sourceName } from "../migration/names";
import { sourceOf } from "../migration/mapping";
import { type MigrationPlanDocument } from "../migration/migrationPlan";
import { familiarName, readReference, type Reference, repositoryOf } from "../reference/reference";

/** What a reference is to become; its tag and digest stay. */
export interface Target {
  /** Registry and path, canonical. */
  repository: string;
  /** The same as people write it, for where no part of it is told apart. */
  written: string;
  /** What the plan recorded. */
  digest?: string;
}

/** The target of a reference; nothing where it stays. */
export type TargetOf = (reference: Reference) => Target | undefined;

/** Images of the plan become their destinations. What is at a destination already stays there, and may be pinned. */
export function forwardTargets({ spec }: MigrationPlanDocument): TargetOf {
  const targets = new Map<string, Target>();
  for (const { source, destination, digest } of spec.images) {
    const repository = repositoryIn(destination);
    if (repository === undefined) continue;
    const target = { repository, written: repository, ...(digest === undefined ? {} : { digest }) };
    targets.set(source, target);
    targets.set(destination, target);
  }
  return (reference) => targets.get(sourceName(reference));
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

function repositoryIn(name: string): string | undefined {
  const { reference } = readReference(name);
  return reference && repositoryOf(reference);
}
