import { isMap, isScalar, isSeq, type Node } from "yaml";
import { readYamlDocument } from "../documents/yamlText";
import { isKustomization, type Renamed } from "./kustomize";
import { versionStart } from "./nameEdits";
import { type Change } from "./rewriteText";

/**
 * Keys whose files a kustomization puts together, patches among them: what they name, entries of `images` change as well.
 * https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
 */
const KEYS = ["resources", "bases", "patches", "patchesStrategicMerge", "patchesJson6902"];

/** What is put onto all of that. https://kubectl.docs.kubernetes.io/guides/config_management/components/ */
const COMPONENTS = ["components"];

/** Files and folders that a kustomization puts together, as it writes them; what lies elsewhere is not told. */
function resourcesOf(text: string, keys: readonly string[]): string[] {
  const document = readYamlDocument(text).document;
  return keys
    .flatMap((key) => {
      const list = document?.get(key);
      return isSeq<Node>(list) ? list.items.map(pathOf) : [];
    })
    .filter((path) => path !== "" && !path.includes("://") && !path.includes("\n"));
}

/** A path by itself, or that of a patch. */
function pathOf(item: Node): string {
  const path = isMap(item) ? item.get("path", true) : item;
  return isScalar(path) && typeof path.value === "string" ? path.value : "";
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
 * Kustomizations in the order in which they build upon each other, each with the files whose names its entries find: its
 * manifests and patches, the kustomizations below it, and for a component what it is put onto.
 */
export function kustomizations(tree: Tree): Map<string, string[]> {
  const all = [...tree.paths].filter(isKustomization);
  const below = new Map(all.map((path) => [path, namedBy(path, KEYS, tree)]));
  const components = new Map(all.map((path) => [path, namedBy(path, COMPONENTS, tree)]));
  const onto = new Map<string, string[]>();
  for (const [path, ones] of components) {
    for (const one of ones) {
      const files = onto.get(one) ?? [];
      onto.set(one, files);
      for (const file of below.get(path) ?? []) files.push(file);
    }
  }
  const found = new Map<string, string[]>();
  const visit = (path: string) => {
    if (found.has(path)) return;
    found.set(path, []);
    const files = [below, onto, components].flatMap((by) => by.get(path) ?? []);
    for (const file of files) if (isKustomization(file)) visit(file);
    found.delete(path);
    found.set(path, files);
  };
  for (const path of all) visit(path);
  return found;
}

function namedBy(path: string, keys: readonly string[], { paths, textOf }: Tree): string[] {
  return resourcesOf(textOf(path), keys).flatMap((resource) => filesAt(join(folderOf(path), resource), paths));
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
