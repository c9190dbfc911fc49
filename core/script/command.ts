import { Certainty, type ImageUse, type Piece, type Span } from "../scan/imageUse";
import { literal, type Part } from "../scan/parts";
import { readCommand } from "./commands";
import { Environment } from "./environment";
import { readProgram } from "./programs";
import type { Report } from "./report";
import { readShell, type HereDocument } from "./shell";
import { wordOf, type Word } from "./shellWords";

/** One argument of a command that a file holds as a list: `args: ["run", "--rm", "nginx"]`. */
export interface Argument {
  /** The argument as the program gets it, variables of the file's format still in it (`$(params.x)`, `${_NAME}`, `$X`). */
  text: string;
  /** Where it stands, quotes included or not. */
  span: Span;
  /** Where `text` stands exactly so; nothing where it is written with escapes, folded, or implied. */
  start?: number;
}

/** What the file around a command knows. */
export interface CommandContext {
  /** Value of a variable; its pieces' spans lie in the same file. Nothing where the file leaves it open. */
  variable?: (name: string) => readonly Piece[] | undefined;
  /** @default - `likely` */
  certainty?: Certainty;
  /** Reads a here-document, with the lines of the commands that get it. @default - they are not read */
  hereDocument?: (document: HereDocument) => ImageUse[];
  /** `$$` is a dollar sign of the shell, as in recipes of make. @default - false */
  isRecipe?: boolean;
  /** Variables that the text sets and asks for. @default - its own */
  environment?: Environment;
}

/** Texts of `sh -c` within one another are read so deep. */
const MOST_DEPTH = 4;

/**
 * Images that a shell text names: `docker run`, `kubectl run --image`, `gcloud run deploy --image=` and their kind.
 * Where `place` is a number, the text stands in the file from there on exactly so (with the indentation of a block
 * scalar: it does not matter to a shell). Where it is a span, the text was written in another way somewhere in it:
 * the uses then are at that span, and their pieces have no spans.
 */
export function scanCommand(text: string, place: number | Span, context: CommandContext = {}): ImageUse[] {
  const report = reportOf(context, typeof place === "number" ? undefined : place);
  readText(report, text, typeof place === "number" ? place : 0, context, 0);
  return inOrder(report.uses);
}

/**
 * Images that a list of arguments names, the program first: `docker`, `run`, `nginx`. Where a program is implied by
 * the place (Cloud Build's `gcr.io/cloud-builders/docker`), put it before the list with the span of the list. `--image=`
 * is found whatever the program; `sh -c` has its text read by {@link scanCommand}.
 */
export function scanArguments(list: readonly Argument[], context: CommandContext = {}): ImageUse[] {
  const report = reportOf(context);
  const words = list.map((argument) => wordOfArgument(argument, report.environment));
  const texts = new Map(words.map((word, i) => [word, list[i]]));
  const inner = (word: Word) => {
    const argument = texts.get(word);
    if (argument) report.uses.push(...scanCommand(argument.text, argument.start ?? argument.span, context));
  };
  if (words.length > 0) {
    readCommand(report, words, inner);
    if (words[0].text.startsWith("-")) readProgram(report, words);
  }
  return inOrder(report.uses);
}

/** Uses in the order of their places, and no place twice. */
export function inOrder(uses: ImageUse[]): ImageUse[] {
  const places = new Set<string>();
  return uses
    .filter(({ span, reference }) => {
      const place = `${span.start}-${span.end} ${reference}`;
      if (places.has(place)) return false;
      places.add(place);
      return true;
    })
    .sort((a, b) => a.span.start - b.span.start);
}

function reportOf(context: CommandContext, place?: Span): Report {
  const outside = (name: string): Part[] | undefined =>
    context.variable?.(name)?.map((piece) => ({ ...piece, at: piece.span ?? { start: 0, end: 0 } }));
  return {
    uses: [],
    certainty: context.certainty ?? Certainty.Likely,
    environment: context.environment ?? new Environment(outside),
    ...(place && { place }),
  };
}

function readText(report: Report, text: string, start: number, context: CommandContext, depth: number): void {
  const { environment, place } = report;
  const inner = (word: Word) => {
    const [part] = word.parts;
    if (depth < MOST_DEPTH && word.parts.length === 1 && part.open === undefined)
      if (part.span && part.span === part.at) readText(report, part.text, part.span.start, context, depth + 1);
      else readText({ ...report, place: place ?? part.at }, part.text, 0, context, depth + 1);
  };
  readShell(
    { text, start, environment, hasParentheses: context.variable !== undefined, isRecipe: context.isRecipe === true },
    {
      command: ({ words }) => {
        if (words.length > 0) readCommand(report, words, inner);
      },
      hereDocument: (document) => {
        if (place === undefined && context.hereDocument) report.uses.push(...context.hereDocument(document));
      },
    },
  );
}

/** The argument's text is no shell's: its quotes and blanks are its own. */
function wordOfArgument({ text, span, start }: Argument, environment: Environment): Word {
  const parts: Part[] = [];
  let run = 0;
  const flush = (end: number) => {
    if (end > run)
      parts.push(
        start === undefined ? { text: text.slice(run, end), at: span } : literal(text.slice(run, end), start + run),
      );
  };
  for (const found of text.matchAll(VARIABLE)) {
    flush(found.index);
    const name = (found[1] ?? found[2] ?? found[3] ?? found[4] ?? found[5]).trim();
    const end = found.index + found[0].length;
    const at = start === undefined ? span : { start: start + found.index, end: start + end };
    const value = environment.get(name);
    if (value) for (const part of value) parts.push({ ...part, at });
    else parts.push({ text: found[0], at, open: name, ...(start !== undefined && { span: at }) });
    run = end;
  }
  flush(text.length);
  return wordOf(parts.slice(0, MOST_PARTS));
}

/** Arguments with more variables name nothing. */
const MOST_PARTS = 200;

const VARIABLE =
  /\$\{\{([^{}]{1,200})\}\}|\{\{([^{}]{1,200})\}\}|\$\(([\w.[\]"'*-]{1,100})\)|\$\{([A-Za-z_]\w{0,100})\}|\$([A-Za-z_]\w{0,100})/g;
