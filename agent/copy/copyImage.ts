import { FailureKind } from "../../core/copy/failures";
import { type ImageState } from "../../core/copy/foldLedger";
import { type CopyItem, targetIn, versionIn } from "../../core/copy/items";
import { type LedgerStep } from "../../core/copy/ledger";
import { isIndexType, type Manifest } from "../../core/copy/manifest";
import { copyArguments, isSelection, manifestsRead, type Selection, selectionOf } from "../../core/copy/selection";
import { bytesOf, type Content, contentOf, manifestOf, type Manifests, parsed, verify } from "./content";
import { CopyFailure } from "./copyFailure";
import { type Found, type ReadManifestText, type Registries } from "./registry";

/** An image on its way. */
export interface Job extends CopyItem {
  /** In the plan, from 0. */
  order: number;
  state: ImageState;
  known: Manifests;
  /** What is copied of it, once that is known. */
  selection?: Selection;
  /** What belongs to it; nothing where reading that would cost. */
  content?: Content;
  /** When the destination was last looked at; milliseconds since 1970. */
  lookedAt: number;
  attempt: number;
}

/** What the steps of an image work with. */
export interface Workshop {
  registries: Registries;
  /** Overwrite tags that stand for another image. */
  overwrite: boolean;
  /** Whether a registry counts the manifests that are read. */
  isCounted: (domain: string) => boolean;
  /** Adds a step to the ledger. */
  record(step: LedgerStep): Promise<void>;
  /** Runs the tool, and has it tell what registries answer where that is of interest. */
  run(args: readonly string[], isVerbose: boolean): Promise<unknown>;
  now(): number;
}

/** What the source stands for is found out once, and recorded. */
export async function resolve({ image, from, state, known }: Job, workshop: Workshop): Promise<void> {
  if (state.digest !== undefined) return;
  const { registries, isCounted } = workshop;
  const version = image.digest ?? versionIn(from);
  const [found, text] = isCounted(from.domain)
    ? [await registries.find(from, version)]
    : withText(await registries.read(from, version));
  if (!found) throw new CopyFailure(FailureKind.NotFound, `${version} is not at the source`);
  if (text !== undefined) known.set(found.digest, parsed(text));
  Object.assign(state, found);
  await workshop.record({ step: "resolved", at: timeOf(workshop), source: image.source, ...found });
}

function withText(read: ReadManifestText | undefined): [Found?, string?] {
  return read ? [{ digest: read.digest, mediaType: read.mediaType }, read.text] : [];
}

/** RFC 3339. */
export function timeOf({ now }: Pick<Workshop, "now">): string {
  return new Date(now()).toISOString();
}

/** Manifests of a counting registry that are to be read before the image can be copied. */
export function surveyCost({ from, state, selection }: Job, { isCounted }: Pick<Workshop, "isCounted">): number {
  return !selection && isCounted(from.domain) && isIndexType(state.mediaType ?? "") && state.manifest === undefined
    ? 1
    : 0;
}

/** Manifests of a counting registry that the tool reads. */
export function copyCost({ from, selection, known, state }: Job, { isCounted }: Pick<Workshop, "isCounted">): number {
  return isCounted(from.domain) && selection ? manifestsRead(selection, known.get(state.digest ?? "")) : 0;
}

/** Finds out what is copied, and how large it is. */
export async function survey(job: Job, workshop: Workshop): Promise<void> {
  const { image, from, to, state, known } = job;
  const digest = state.digest ?? "";
  const isCounted = workshop.isCounted(from.domain);
  const isIndex = isIndexType(state.mediaType ?? "");
  let index: Manifest | undefined;
  if (isCounted && isIndex) {
    const text = state.manifest ?? (await workshop.registries.read(from, digest))?.text;
    if (text === undefined) throw new CopyFailure(FailureKind.NotFound, `${digest} is no more at the source`);
    known.set(digest, (index = parsed(text)));
    if (state.manifest === undefined)
      await workshop.record({ step: "surveyed", at: timeOf(workshop), source: image.source, manifest: text });
    state.manifest = text;
  } else if (!isCounted) index = await manifestOf(workshop.registries, from, digest, known);
  const selection = selectionOf(index, image.platforms);
  if (selection.kind === "lacking")
    throw new CopyFailure(
      FailureKind.NoPlatform,
      `it has no ${selection.missing.join(", ")}, only ${selection.platforms.join(", ")}`,
    );
  if (selection.kind !== "whole" && to.tag === undefined)
    throw new CopyFailure(
      FailureKind.NoPlatform,
      "its destination is a digest, which stands for all platforms: give it a tag, or leave platforms out",
    );
  if (!isCounted) job.content = await contentOf(workshop.registries, from, wantedOf(selection, digest), known);
  job.selection = selection;
}

function wantedOf(selection: Selection, digest: string): string[] {
  if (selection.kind === "whole") return [digest];
  return selection.kind === "one" ? [selection.digest] : selection.manifests.map((one) => one.digest);
}

/** What the destination has. */
export type Place = "absent" | "there" | "other";

/** Looks at the destination. What is there already is verified, unless the ledger says that it was. */
export async function look(job: Job, workshop: Workshop): Promise<Place> {
  const { image, to, state, known } = job;
  const found = await workshop.registries.find(to, targetIn(to));
  job.lookedAt = workshop.now();
  if (!found) return "absent";
  if (state.copied?.digest === found.digest) return "there";
  if (!(await isWanted(job, found.digest, workshop))) return "other";
  const bytes = bytesOf(await verify(workshop.registries, to, found.digest, known));
  state.copied = { digest: found.digest, bytes };
  await workshop.record({
    ...{ step: "copied", at: timeOf(workshop), source: image.source, digest: found.digest, bytes, isFound: true },
  });
  return "there";
}

async function isWanted({ to, state, selection, known }: Job, digest: string, { registries }: Workshop) {
  switch (selection?.kind) {
    case undefined:
    case "whole":
      return digest === state.digest;
    case "one":
      return digest === selection.digest;
    case "several":
      return isSelection(selection, await manifestOf(registries, to, digest, known));
  }
}

/** Copies the image, and verifies that all of it arrived. */
export async function copy(job: Job, workshop: Workshop): Promise<void> {
  const { image, from, to, state, selection = { kind: "whole" }, known } = job;
  const { registries } = workshop;
  const { source } = image;
  const names = {
    from: registries.nameFor(from, state.digest ?? ""),
    to: registries.nameFor(to, targetIn(to)),
    platforms: image.platforms,
    nameFor: (digest: string) => registries.nameFor(from, digest),
  };
  // Where it went well so far nobody asks to wait, and the tool is faster when it tells less.
  const isVerbose = job.attempt > 1 || workshop.isCounted(from.domain);
  await Promise.all([
    workshop.record({ step: "copying", at: timeOf(workshop), source, attempt: job.attempt }),
    workshop.run(copyArguments(selection, names), isVerbose),
  ]);
  const found = await registries.find(to, targetIn(to));
  if (!found) throw new CopyFailure(FailureKind.Incomplete, "the destination does not have it after it was copied");
  if (!(await isWanted(job, found.digest, workshop)))
    throw new CopyFailure(FailureKind.OtherImage, `the destination has ${found.digest} after it was copied`);
  job.content = await verify(registries, to, found.digest, known);
  const bytes = bytesOf(job.content);
  state.copied = { digest: found.digest, bytes };
  await workshop.record({ step: "copied", at: timeOf(workshop), source, digest: found.digest, bytes });
}
