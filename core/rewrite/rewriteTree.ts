import { Scanner } from "../scan/files";
import { type FileScan } from "../scan/imageUse";
import { isKustomization, kustomizeEntries } from "./kustomize";
import { joinRenamed, kustomizations, renamedBy } from "./kustomizeTree";
import { type RewriteOptions, type RewrittenText, rewriteText, type ScannedText } from "./rewriteText";
import { inFull } from "./targets";
import { difference } from "./verify";

/** A file, and what became of it. */
export interface RewrittenFile<T extends ScannedText> extends RewrittenText {
  file: T;
}

/** Scans a text as its file was scanned. */
export type ScanAgain = (file: ScannedText, text: string) => FileScan;

/**
 * Rewrites the images of a tree. Kustomizations come after the manifests that they put together, since they find images
 * by the names in them. A file in which a scan would find something else than it should stays as it is.
 */
export function rewriteTree<T extends ScannedText>(
  files: readonly T[],
  options: RewriteOptions,
  scan: ScanAgain,
): RewrittenFile<T>[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Map<string, RewrittenFile<T>>();
  const rewrite = (file: T, more: Partial<RewriteOptions> = {}) =>
    done.set(file.path, { file, ...checked(file, { ...options, ...more }, scan) });
  for (const file of files) if (!isKustomization(file.path)) rewrite(file);
  const tree = { paths: new Set(byPath.keys()), textOf: (path: string) => byPath.get(path)?.text ?? "" };
  const names = new Map<string, [string, string][]>();
  for (const [path, below] of kustomizations(tree)) {
    const file = byPath.get(path);
    if (!file) continue;
    const renamed = below.flatMap((one) => names.get(one) ?? renamedOf(done.get(one)));
    rewrite(file, { renamed: joinRenamed(renamed) });
    const taken = takenBy(done.get(path));
    names.set(path, [...renamed.filter(([from]) => !taken.has(from)), ...renamedOf(done.get(path))]);
  }
  return files.flatMap(({ path }) => done.get(path) ?? []);
}

function renamedOf(file: RewrittenFile<ScannedText> | undefined): [string, string][] {
  return file?.file.scanner === Scanner.Manifest ? renamedBy(file.changes) : [];
}

/** Names that a kustomization's entries find and make others of: kustomizations above it see those alone. */
function takenBy(rewritten: RewrittenFile<ScannedText> | undefined): ReadonlySet<string> {
  if (!rewritten) return new Set();
  const { file, changes, left } = rewritten;
  const changed = new Set(changes.map(({ use }) => use));
  const stay = new Set(left.filter(({ use }) => !changed.has(use)).map(({ use }) => use.span.start));
  const taking = kustomizeEntries(file.path, file.text).filter(
    ({ name, newName }) => !stay.has((newName ?? name).span.start),
  );
  return new Set(taking.map(({ name }) => name.text));
}

/** Some places name an image only with its registry: where short names would be lost, all are written in full. */
function checked(file: ScannedText, options: RewriteOptions, scan: ScanAgain): RewrittenText {
  const differenceOf = (one: RewrittenText) =>
    one.text === file.text ? undefined : difference(scan(file, one.text), one.expected);
  const rewritten = rewriteText(file, options);
  const differs = differenceOf(rewritten);
  if (differs === undefined) return rewritten;
  const whole = rewriteText(file, { ...options, targetOf: inFull(options.targetOf) });
  if (whole.text !== rewritten.text && differenceOf(whole) === undefined) return whole;
  const reason = `a scan of the file would not find what it should (${differs}): change it by hand`;
  const left = rewritten.changes.map(({ use }) => ({ use, reason }));
  const expected = file.scan.uses.map(({ reference }) => reference);
  return { text: file.text, changes: [], left: [...rewritten.left, ...left], expected };
}
