import { type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { type FileKind, kindOf } from "../../../core/scan/files";
import { type ScanWarning } from "../../../core/scan/report";
import { type IgnoreRules, isIgnored } from "./gitignore";
import { ignoreStart, rulesOfTop, withFolder } from "./ignoreRules";

/** A file that a scanner may read. */
export interface WalkedFile {
  /** Path to open it by. */
  path: string;
  /** Path as reports show it. */
  shown: string;
  kind: NonNullable<FileKind>;
}

export interface WalkOptions {
  /** Whether files are walked that git ignores. */
  includeIgnored?: boolean;
  warn: (warning: ScanWarning) => void;
}

/** Deeper folders are made by programs that went wrong, or to do harm. */
const MOST_DEPTH = 100;

/** A folder that is still to be walked. */
interface Folder {
  path: string;
  shown: string;
  /** Path from the top of the repository, with a slash at its end. */
  inside: string;
  depth: number;
  rules?: IgnoreRules;
  isPulumi: boolean;
}

/** One walk: what it was told, and the real path that links may not lead out of. */
interface Walk extends WalkOptions {
  root: string;
}

/**
 * The files below a path that a scanner may read, in the order of their names, with little in memory. Links are not
 * followed, but for the path itself. What cannot be read is a warning.
 *
 * @param root a folder that exists, or a file.
 */
export function* walk(root: string, options: WalkOptions): Generator<WalkedFile> {
  const [shown, path] = [shownRoot(root), realpathSync(root)];
  if (!statSync(path).isDirectory()) {
    const kind = kindOf(shown, true);
    if (kind === undefined) options.warn({ file: shown, message: "is of no kind that names images; it is not read" });
    else yield { path, shown, kind };
    return;
  }
  const start = options.includeIgnored ? { inside: "" } : ignoreStart(path, options.warn);
  const left: (Folder | WalkedFile)[] = [{ path, shown, ...start, depth: 0, isPulumi: false }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if ("kind" in next) yield next;
    else for (const entry of entriesOf(next, { ...options, root: path }).reverse()) left.push(entry);
  }
}

/** `.` and `./x` stand as git and grep show them. */
function shownRoot(root: string): string {
  const path = root
    .split(sep)
    .join("/")
    .replace(/^(?:\.\/+)+/, "")
    .replace(/(?<=[^/])\/+$/, "");
  return path === "." ? "" : path;
}

function entriesOf(folder: Folder, walk: Walk): (Folder | WalkedFile)[] {
  const entries = readFolder(folder, walk);
  const names = new Set(entries.map(({ name }) => name));
  const isPulumi = folder.isPulumi || names.has("Pulumi.yaml") || names.has("Pulumi.yml");
  const within = { ...withRules(folder, names, walk), isPulumi };
  return entries.sort(byName).flatMap((entry) => walked(entry, within, walk));
}

function readFolder({ path, shown, depth }: Folder, { warn }: Walk): Dirent[] {
  try {
    if (depth <= MOST_DEPTH) return readdirSync(path, { withFileTypes: true });
    warn({ file: shown, message: `is more than ${MOST_DEPTH} folders deep; it is not read` });
  } catch (error) {
    warn({ file: shown || ".", message: `cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})` });
  }
  return [];
}

/** A folder with data of git is the top of a repository, where no rules of others hold. */
function withRules(folder: Folder, names: ReadonlySet<string>, { includeIgnored, warn }: Walk): Folder {
  if (includeIgnored) return folder;
  const { path, shown } = folder;
  const top = names.has(".git") ? { ...folder, inside: "", rules: rulesOfTop(path, shown, warn) } : folder;
  return names.has(".gitignore") ? { ...top, rules: withFolder(path, top.inside, top.rules, shown, warn) } : top;
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : Number(a.name > b.name);
}

function walked(entry: Dirent, folder: Folder, walk: Walk): (Folder | WalkedFile)[] {
  const { name } = entry;
  const isFolder = entry.isDirectory();
  const shown = below(folder.shown, name);
  const kind = isFolder ? undefined : kindOf(shown, folder.isPulumi);
  if (name === ".git" || (entry.isFile() && kind === undefined)) return [];
  const inside = `${folder.inside}${name}${isFolder ? "/" : ""}`;
  if (isIgnored(inside, folder.rules)) return [];
  const path = join(folder.path, name);
  const problem = problemOf(entry, path, kind, walk);
  if (problem !== undefined) walk.warn({ file: shown, message: problem });
  else if (isFolder) return [{ ...folder, path, shown, inside, depth: folder.depth + 1 }];
  else if (kind !== undefined && entry.isFile()) return [{ path, shown, kind }];
  return [];
}

function below(folder: string, name: string): string {
  return folder === "" || folder.endsWith("/") ? `${folder}${name}` : `${folder}/${name}`;
}

/** Why an entry is not read; nothing for files and folders, and for links to what is read anyway. */
function problemOf(entry: Dirent, path: string, kind: FileKind, { root }: Walk): string | undefined {
  if (entry.name.includes("\ufffd")) return "has a name that is not UTF-8; it is not read";
  if (entry.isFile() || entry.isDirectory()) return undefined;
  if (!entry.isSymbolicLink()) return "is a pipe, socket or device; it is not read";
  try {
    const target = realpathSync(path);
    const isInside = target === root || target.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);
    if (isInside || (kind === undefined && !statSync(target).isDirectory())) return undefined;
    return "is a link out of the tree; it is not followed";
  } catch {
    return kind === undefined ? undefined : "is a link that leads nowhere";
  }
}
