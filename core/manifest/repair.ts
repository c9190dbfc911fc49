/** Longer documents are not read again and again. */
const MOST_CHARACTERS = 200_000;

/**
 * The text with the line ends of one quoted text, list or mapping blanked at the same length: Go's YAML, and so
 * Kubernetes, reads what goes on there with too little indentation, while the standard forbids it.
 *
 * @param at where it begins.
 * @returns Nothing where it has no end.
 */
export function joinedLines(text: string, at: number): string | undefined {
  const end = text.length > MOST_CHARACTERS ? undefined : endOf(text, at);
  if (end === undefined) return undefined;
  const inner = text.slice(at, end);
  if (!inner.includes("\n")) return undefined;
  return text.slice(0, at) + inner.replace(/\\?[\r\n]/g, (line) => " ".repeat(line.length)) + text.slice(end);
}

/** Where what begins with a quote or bracket ends. Comments within brackets would swallow what follows. */
function endOf(text: string, at: number): number | undefined {
  if (text[at] === '"' || text[at] === "'") return endOfQuoted(text, at);
  let depth = 0;
  for (let on = at; on < text.length; on++) {
    const letter = text[on];
    if (letter === '"' || (letter === "'" && /[\s,[{:]/.test(text[on - 1]))) {
      const end = endOfQuoted(text, on);
      if (end === undefined) return undefined;
      on = end - 1;
    } else if (letter === "#" && /\s/.test(text[on - 1])) return undefined;
    else if (letter === "[" || letter === "{") depth++;
    else if ((letter === "]" || letter === "}") && --depth === 0) return on + 1;
  }
  return undefined;
}

function endOfQuoted(text: string, at: number): number | undefined {
  const quote = text[at];
  for (let on = at + 1; on < text.length; on++) {
    if (quote === '"' && text[on] === "\\") on++;
    else if (text[on] === quote && quote === "'" && text[on + 1] === "'") on++;
    else if (text[on] === quote) return on + 1;
  }
  return undefined;
}
