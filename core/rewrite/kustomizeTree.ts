import { isScalar, isSeq } from "yaml";
import { readYaml } from "../documents/yamlText";
import { isKustomization, type Renamed } from "./kustomize";
import { versionStart } from "./nameEdits";
import { type Change } from "./rewriteText";

/** Keys whose files a kustomization puts together. https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/ */
const KEYS = ["resources", "bases", "components"];

/** Files and folders that a kustomization puts together, as it writes them; what lies elsewhere is not told. */
export function resourcesOf(text: string): string[] {
  const document = readYaml(text).document;
  return KEYS.flatMap((key) => {
    const list = document?.get(key);
    return isSeq(list) ? list.items.map((item) => (isScalar(item) ? String(item.value) : "")) : [];
  }).filter((path) => path !== "" && !path.includes("://"));
}

/** Names without version that changes took away, with what each became. */
export function renamedBy(changes: readonly Change[]): [from: string, to: string][] {
  return changes.map(({ use, to }) => [
    use.reference.slice(0, versionStart(use.reference)),
    to.slice(0, versionStart(to)),
  ]);
}

/** What a walk through kustomizations needs of a tree. */
export interface Tree {
  /** Paths with slashes of all files that name images. */
  paths: ReadonlySet<string>;
  textOf: (path: string) => string;
}

/**
 * Kustomizations in the order in which they build upon each other, each with the files that it puts together: its
 * manifests, and the kustomizations below it.
 */
export function kustomizations({ paths, textOf }: Tree): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const visit = (path: string) => {
    if (found.has(path)) return;
    found.set(path, []);
    const below = resourcesOf(textOf(path)).flatMap((resource) => filesAt(join(folderOf(path), resource), paths));
    for (const file of below) if (isKustomization(file)) visit(file);
    found.delete(path);
    found.set(path, below);
  };
  for (const path of paths) if (isKustomization(path)) visit(path);
  return found;
}

function filesAt(path: string, paths: ReadonlySet<string>): string[] {
  const names = ["kustomization.yaml", "kustomization.yml", "Kustomization"].map((name) => join(path, name));
  return [path, ...names].filter((file) => paths.has(file));
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** One path after another, without `.` and `..`. */
function join(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  const isAbsolute = folder.startsWith("/");
  return `${isAbsolute ? "/" : ""}${parts.join("/")}`;
}

/** Joins what several files were renamed. */
export function joinRenamed(all: readonly [from: string, to: string][]): Renamed {
  const joined = new Map<string, Set<string>>();
  for (const [from, to] of all) if (from !== to) joined.set(from, (joined.get(from) ?? new Set()).add(to));
  return joined;
}
