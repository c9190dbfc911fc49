import { readReference } from "../reference/reference";
import { Scanner } from "../scan/files";
import { Certainty, type ImageUse, Purpose } from "../scan/imageUse";
import { type Edit } from "./edits";
import { entriesByPlace, entryEdits, isKustomization, type KustomizeEntry, kustomizeEntries } from "./kustomize";
import { type Edits, nameEdits, versionStart } from "./nameEdits";
import { pinEdits } from "./pinEdits";
import { type RewriteOptions, type ScannedText } from "./rewriteText";
import { type Target } from "./targets";

/** What becomes of one use. */
export interface Job {
  use: ImageUse;
  /** The reference that the use shall be. */
  wanted: string;
  /** None where it stays. */
  edits: Edit[];
  /** Whether its pieces do not tell what it becomes, since something is put between them. */
  isApart?: boolean;
  /** Why it stays, or is not pinned. */
  reason?: string;
}

/** What each use of a file shall become, without regard to the others. */
export function jobsOf(file: ScannedText, options: RewriteOptions): Job[] {
  const entries = entriesByPlace(kustomizeEntries(file.path, file.text));
  return file.scan.uses.map((use) => {
    const stay: Job = { use, wanted: use.reference, edits: [] };
    const target = targetOf(use, options);
    const isKustomize = isKustomization(file.path) && use.pieces.some(({ role }) => role !== undefined);
    if (isKustomize) return { ...stay, ...kustomizeJob(use, target, entries, options) };
    if (!target) return { ...stay, ...reasonOf(untouched(use, options)) };
    const refusal = target.problem ?? refusalOf(use, options);
    return { ...stay, ...(refusal === undefined ? rewritten(use, target, file, options) : { reason: refusal }) };
  });
}

function targetOf(use: ImageUse, options: RewriteOptions): Target | undefined {
  if (use.purpose !== Purpose.Pull || use.open.length > 0) return undefined;
  const { reference } = readReference(use.reference);
  return reference && options.targetOf(reference);
}

/** Why a use without a target is worth telling. */
function untouched(use: ImageUse, { isForeign = () => false }: RewriteOptions): string | undefined {
  if (use.purpose !== Purpose.Pull || !isForeign(use)) return undefined;
  if (use.certainty === Certainty.Look) return LOOK;
  return use.open.length > 0 ? `the file leaves ${use.open.join(", ")} open` : "the plan does not have it";
}

const LOOK = "Kiln does not read this program: change it by hand";

function refusalOf({ certainty }: ImageUse, { likely = false }: RewriteOptions): string | undefined {
  if (certainty === Certainty.Look) return LOOK;
  return certainty === Certainty.Likely && !likely ? "it only looks like a name: --likely rewrites it" : undefined;
}

function reasonOf(reason: string | undefined): { reason?: string } {
  return reason === undefined ? {} : { reason };
}

function rewritten(use: ImageUse, target: Target, file: ScannedText, options: RewriteOptions): Partial<Job> {
  const { edits, name, problem } = { name: "", ...nameEdits(use, target, file.scanner === Scanner.Dockerfile) };
  if (!edits) return { reason: problem };
  const version = use.reference.slice(versionStart(use.reference));
  const { edits: pins, problem: unpinned, wanted } = pinned(use, target, file, options);
  return {
    edits: [...edits, ...pins],
    wanted: `${name}${wanted ?? version}`,
    ...reasonOf(unpinned),
  };
}

/** What pins a use, where that is asked for; `wanted` is what then follows the name. */
function pinned(
  use: ImageUse,
  { digest }: Target,
  { path, text, scanner }: ScannedText,
  { pin = false }: RewriteOptions,
) {
  const nothing = { edits: [] as Edit[], wanted: undefined };
  if (!pin || use.reference.includes("@")) return { ...nothing, problem: undefined };
  if (digest === undefined) return { ...nothing, problem: UNPINNED };
  const isYaml = scanner === Scanner.Manifest && !/\.json[c5]?$/i.test(path);
  const pins: Edits = pinEdits(use, digest, text, isYaml);
  if (!pins.edits) return { ...nothing, problem: pins.problem };
  const version = use.reference.slice(versionStart(use.reference));
  const wanted = pins.edits.some(({ isAside }) => isAside) ? `@${digest}` : `${version}@${digest}`;
  return { edits: pins.edits, wanted, problem: undefined };
}

const UNPINNED = "it is not pinned, since neither plan nor ledger have its digest: kiln containers copy records it";

function kustomizeJob(
  use: ImageUse,
  target: Target | undefined,
  entries: ReadonlyMap<number, KustomizeEntry>,
  options: RewriteOptions,
): Partial<Job> {
  if (target?.problem !== undefined) return { reason: target.problem };
  const entry = entries.get(use.span.start);
  if (!entry) return target ? { reason: "its entry is not plain YAML: change it by hand" } : {};
  const digest = options.pin && !use.reference.includes("@") ? target?.digest : undefined;
  const { edits, problem } = entryEdits(entry, target?.written, digest, options.renamed);
  if (!edits) return { reason: problem };
  const version = use.reference.slice(versionStart(use.reference));
  const name = target?.written ?? use.reference.slice(0, versionStart(use.reference));
  const isUnpinned = options.pin && target && digest === undefined && !use.reference.includes("@");
  return {
    ...{ edits, isApart: true },
    wanted: `${name}${version}${digest === undefined ? "" : `@${digest}`}`,
    ...reasonOf(target ? (isUnpinned ? UNPINNED : undefined) : untouched(use, options)),
  };
}
