import type { Certainty, ImageUse, Piece, Span } from "../scan/imageUse";

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
}

/**
 * Images that a shell text names: `docker run`, `kubectl run --image`, `gcloud run deploy --image=` and their kind.
 * Where `place` is a number, the text stands in the file from there on exactly so (with the indentation of a block
 * scalar: it does not matter to a shell). Where it is a span, the text was written in another way somewhere in it:
 * the uses then are at that span, and their pieces have no spans.
 */
export function scanCommand(text: string, place: number | Span, context: CommandContext = {}): ImageUse[] {
  void [text, place, context];
  return [];
}

/**
 * Images that a list of arguments names, the program first: `docker`, `run`, `nginx`. Where a program is implied by
 * the place (Cloud Build's `gcr.io/cloud-builders/docker`), put it before the list with the span of the list. `--image=`
 * is found whatever the program; `sh -c` has its text read by {@link scanCommand}.
 */
export function scanArguments(words: readonly Argument[], context: CommandContext = {}): ImageUse[] {
  void [words, context];
  return [];
}
