/** A variable as shells, Dockerfiles and Compose write it: `$NAME`, `${NAME}`, `${NAME:-word}`. */
export interface Variable {
  name: string;
  /** What stands between name and word: `:-`, `-`, `:+`, `+`, `:?`, `?`, `:=`, `=`; `other` where it cuts or replaces. */
  operator?: string;
  /** Where the operator's word begins. */
  word: number;
  /** Where the operator's word ends. */
  wordEnd: number;
  /** After the last character. */
  end: number;
}

const BARE = /\$([A-Za-z_]\w*|\d|[@*#?!])/y;
const BRACED = /\$\{([A-Za-z_]\w*|\d+|[@*#?!])/y;
const OPERATOR = /:?[-+?=]/y;

/** Longer operators' words are not read, so that a file of opening braces costs no more than others. */
const MOST_WORD = 512;

/** The variable whose `$` stands at `at`; nothing where it is a plain dollar sign. */
export function readVariable(text: string, at: number): Variable | undefined {
  return text[at + 1] === "{" ? readBraced(text, at) : readBare(text, at);
}

function readBare(text: string, at: number): Variable | undefined {
  BARE.lastIndex = at;
  const found = BARE.exec(text);
  if (found === null) return undefined;
  const end = BARE.lastIndex;
  return { name: found[1], word: end, wordEnd: end, end };
}

function readBraced(text: string, at: number): Variable | undefined {
  BRACED.lastIndex = at;
  const found = BRACED.exec(text);
  if (found === null) return undefined;
  const after = BRACED.lastIndex;
  if (text[after] === "}") return { name: found[1], word: after, wordEnd: after, end: after + 1 };
  OPERATOR.lastIndex = after;
  const operator = OPERATOR.exec(text)?.[0];
  const word = after + (operator?.length ?? 0);
  const wordEnd = closingBrace(text, word);
  if (wordEnd === undefined) return undefined;
  return { name: found[1], operator: operator ?? "other", word, wordEnd, end: wordEnd + 1 };
}

function closingBrace(text: string, from: number): number | undefined {
  const last = Math.min(text.length, from + MOST_WORD);
  let depth = 0;
  for (let i = from; i < last; i++) {
    const c = text[i];
    if (c === "\\") i++;
    else if (c === "{") depth++;
    else if (c === "}" && depth-- === 0) return i;
  }
  return undefined;
}
