import { type MigrationPlanDocument, MigrationMode, type PlannedImage } from "../migration/migrationPlan";
import { readReference, type Reference, repositoryOf } from "../reference/reference";
import { imagesOfTask, type Shard } from "./shards";

/** One image to copy. */
export interface CopyItem {
  image: PlannedImage;
  from: Reference;
  to: Reference;
}

/**
 * The images of a plan that one task copies, in the plan's order.
 *
 * @throws RangeError for a plan that was not checked.
 */
export function itemsOf({ spec }: MigrationPlanDocument, shard: Shard): CopyItem[] {
  const items = spec.images
    .filter(({ mode }) => mode === MigrationMode.Copy)
    .map((image) => ({ image, from: reference(image.source), to: reference(image.destination) }));
  return imagesOfTask(items, ({ from }) => repositoryOf(from), shard);
}

function reference(text: string): Reference {
  const { reference: read, problem } = readReference(text);
  if (!read) throw new RangeError(`${text} ${problem}`);
  return read;
}

/** What a copy is known by: plans that copy the same images have the same text. */
export function identityOf({ spec }: MigrationPlanDocument): string {
  return JSON.stringify(
    spec.images
      .filter(({ mode }) => mode === MigrationMode.Copy)
      .map(({ source, destination, digest, platforms }) => [source, destination, digest ?? "", platforms ?? []]),
  );
}

/** The tag or digest that a name is asked for by: the digest wins. */
export function versionIn({ tag, digest }: Reference): string {
  return digest ?? tag ?? "latest";
}

/** The tag or digest under which an image is put: a tag where there is one. */
export function targetIn({ tag, digest }: Reference): string {
  return tag ?? digest ?? "latest";
}
