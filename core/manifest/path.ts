/** Marks an entry of a sequence in a path. */
export const ITEM = "[]";

/** A pattern of places, such as `services.*.image`, `**.containers[].image` or `annotations."artifacthub.io/images"`. */
export type PathPattern = readonly string[];

/** Reads a pattern: keys between periods, `[]` for any entry, `*` for any key, `**` for any way down. */
export function patternOf(text: string): PathPattern {
  return Array.from(text.matchAll(/"([^"]+)"|(\[\]|[^.[\]"]+)/g), ([, quoted, plain]) => quoted ?? plain);
}

/** The last key of a path or a pattern, entries of sequences passed by; places are looked up by it. */
export function lastKey(path: readonly string[]): string {
  let at = path.length - 1;
  while (at >= 0 && path[at] === ITEM) at--;
  return path[at] ?? "";
}

/** Whether the pattern means this path. */
export function matches(pattern: PathPattern, path: readonly string[], at = pattern.length, on = path.length): boolean {
  while (at > 0) {
    const segment = pattern[--at];
    if (segment === "**") {
      if (at === 0) return true;
      for (let rest = on; rest >= 0; rest--) if (matches(pattern, path, at, rest)) return true;
      return false;
    }
    if (on === 0) return false;
    const key = path[--on];
    if (segment !== key && (segment !== "*" || key === ITEM)) return false;
  }
  return on === 0;
}

/** A path as people write it, for the place's name. */
export function shown(path: readonly string[]): string {
  return path.reduce((text, key) => (key === ITEM ? `${text}${ITEM}` : text === "" ? key : `${text}.${key}`), "");
}
