import { visibleLine } from "../visible";

/** Longest name, type or URN that is shown whole. */
const MOST_NAME = 160;

/** Words that cannot be markup, a mention, a reference or a link in GitHub's or GitLab's Markdown. */
const PLAIN_WORD = /^["'(]?\p{L}[\p{L}\p{M}\p{N}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*["')]?[.,;:!?]?$/u;
const PLAIN_NUMBER = /^\p{Nd}+,?$/u;
/** What GitHub may take for a commit. */
const HASH = /^[0-9a-f]{7,40}\W*$/i;

/**
 * Text as a code span, on one line: nothing in it is markup, and GitHub and GitLab look for mentions, references and
 * links outside of code alone.
 */
export function code(text: string, most = MOST_NAME): string {
  const line = visibleLine(text, most);
  if (line === "") return "(empty)";
  const fence = "`".repeat(longestRun(line) + 1);
  const pad = /^`|`$|^ .* $/.test(line) ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** What its author marked as code, between spaces: one backtick before and after. */
const SPAN = /(?<=^| )(\(?`[^`]+`\)?[.,;:!?]?)(?= |$)/;

/**
 * A sentence of somebody else: its plain words stand as they are, what its author marked as code and everything else as
 * {@link code}.
 */
export function prose(text: string, most: number): string {
  const parts = visibleLine(text, most).split(SPAN);
  const shown = parts.map((part, at) => (at % 2 === 0 ? words(part) : spanOf(part)));
  return shown.filter((part) => part !== "").join(" ");
}

function spanOf(marked: string): string {
  const [, open, body, end] = /^(\(?)`([^`]+)`(.*)$/.exec(marked) ?? ["", "", marked, ""];
  return `${open}${code(body, Infinity)}${end}`;
}

function words(text: string): string {
  const parts: { word: string; isPlain: boolean }[] = [];
  for (const word of text.split(/ +/)) {
    if (word === "") continue;
    const isPlain = (PLAIN_WORD.test(word) || PLAIN_NUMBER.test(word)) && !HASH.test(word);
    const last = parts.at(-1);
    if (last && !last.isPlain && !isPlain) last.word += ` ${word}`;
    else parts.push({ word, isPlain });
  }
  return parts.map(({ word, isPlain }) => (isPlain ? word : codeInSentence(word))).join(" ");
}

/** The mark that ends a sentence stays outside of the code. */
function codeInSentence(words: string): string {
  const [, body, mark] = /^(.*?[\w)\]}"'])([.,;:]?)$/.exec(words) ?? ["", words, ""];
  return words === "" ? "" : `${code(body, Infinity)}${mark}`;
}

/** A row of a table. A backslash before a bar would end the cell in one parser and not in another: it is spelled out. */
export function tableRow(cells: string[]): string {
  const safe = cells.map((cell) => cell.replace(/\\(?=\|)/g, "\\u{5c}").replaceAll("|", "\\|"));
  return `| ${safe.join(" | ")} |`;
}

/** The head of a table. */
export function tableHead(titles: string[]): string[] {
  return [tableRow(titles), tableRow(titles.map(() => "---"))];
}

/** A fence that no line of its text ends. */
export function fenceFor(lines: readonly string[]): string {
  return "`".repeat(Math.max(3, ...lines.map((line) => longestRun(line) + 1)));
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}
