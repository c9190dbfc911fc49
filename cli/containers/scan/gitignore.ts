import ignore, { type Ignore } from "ignore";

/** The rules of one folder, and those above it that hold where it says nothing. */
export interface IgnoreRules {
  /** Path of the folder from the root of the walk, with a slash at its end; empty for the root. */
  folder: string;
  rules: Ignore;
  above?: IgnoreRules;
}

/** A pattern that is not obeyed. */
export interface RefusedPattern {
  /** From 1. */
  line: number;
  message: string;
}

/** More of `**` can take the library's regular expressions minutes on a path made for it; no honest pattern has so many. */
const MOST_DEEP = 3;

/** Longer files are no lists that people keep. */
const MOST_CHARACTERS = 1_000_000;

/** Reads a .gitignore. https://git-scm.com/docs/gitignore */
export function readIgnore(
  text: string,
  folder: string,
  above: IgnoreRules | undefined,
): { rules: IgnoreRules; refused: RefusedPattern[] } {
  const rules = ignore({ ignorecase: false });
  const refused: RefusedPattern[] = [];
  text
    .slice(0, MOST_CHARACTERS)
    .split(/\r?\n/)
    .forEach((pattern, at) => {
      if ((pattern.match(/\*\*+/g) ?? []).length > MOST_DEEP)
        refused.push({ line: at + 1, message: `must have at most ${MOST_DEEP} of ** in a pattern; it is not obeyed` });
      else rules.add(pattern);
    });
  return { rules: { folder, rules, ...(above && { above }) }, refused };
}

/**
 * Whether git passes a path over: what the folder nearest to it says holds. Folders are asked before what is in them, so
 * none above the path is ignored.
 *
 * @param path from the root of the walk, with a slash at its end for a folder.
 */
export function isIgnored(path: string, rules: IgnoreRules | undefined): boolean {
  for (let at = rules; at !== undefined; at = at.above) {
    const { ignored, unignored } = at.rules.test(path.slice(at.folder.length));
    if (ignored || unignored) return ignored;
  }
  return false;
}
