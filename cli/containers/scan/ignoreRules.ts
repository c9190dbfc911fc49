import { existsSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { type ScanWarning } from "../../../core/scan/report";
import { type IgnoreRules, isIgnored, readIgnore } from "./gitignore";
import { readText } from "./readText";

type Warn = (warning: ScanWarning) => void;

/** Where a walk begins, as the ignore rules of its repository see it. */
export interface IgnoreStart {
  /** Path from the top of the repository, with a slash at its end; empty for the top itself. */
  inside: string;
  /** Rules of the folders above. */
  rules?: IgnoreRules;
}

/**
 * Rules that hold in a folder before its own .gitignore is read: those of the folders above it, up to the top of its
 * repository. A folder that git ignores itself, and that is named all the same, is walked without them.
 *
 * @param root real path of the folder.
 */
export function ignoreStart(root: string, warn: Warn): IgnoreStart {
  const top = topOf(root);
  if (top === undefined || top === root) return { inside: "" };
  const names = relative(top, root).split(sep);
  let start: IgnoreStart = { inside: "", rules: rulesOfTop(top, top, warn) };
  for (const [depth, name] of names.entries()) {
    const folder = join(top, ...names.slice(0, depth));
    const rules = withFolder(folder, start.inside, start.rules, folder, warn);
    const inside = `${start.inside}${name}/`;
    if (isIgnored(inside, rules)) return { inside: "" };
    start = { inside, rules };
  }
  return start;
}

/** The nearest folder from here upwards that git has its data in. */
function topOf(root: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** What a repository's owner ignores for himself. https://git-scm.com/docs/gitignore */
export function rulesOfTop(path: string, shown: string, warn: Warn): IgnoreRules | undefined {
  return withFile(join(path, ".git", "info", "exclude"), `${prefix(shown)}.git/info/exclude`, "", undefined, warn);
}

/** The rules above a folder and those of its own .gitignore. */
export function withFolder(
  path: string,
  inside: string,
  above: IgnoreRules | undefined,
  shown: string,
  warn: Warn,
): IgnoreRules | undefined {
  return withFile(join(path, ".gitignore"), `${prefix(shown)}.gitignore`, inside, above, warn);
}

function withFile(
  path: string,
  shown: string,
  inside: string,
  above: IgnoreRules | undefined,
  warn: Warn,
): IgnoreRules | undefined {
  if (!existsSync(path)) return above;
  const { text, problem } = readText(path);
  if (problem !== undefined) warn({ file: shown, message: problem });
  if (text === undefined) return above;
  const { rules, refused } = readIgnore(text, inside, above);
  for (const { line, message } of refused) warn({ file: shown, line, message });
  return rules;
}

function prefix(shown: string): string {
  return shown === "" || shown.endsWith("/") ? shown : `${shown}/`;
}
