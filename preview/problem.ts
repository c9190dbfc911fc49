import { type Diagnostic } from "./graph";

/** What a message calls a resource. */
export interface ResourceName {
  type: string;
  name: string;
}

/** Why there is no preview: an error of the user, the program or a file, never one of Kiln's own code. */
export class PreviewError extends Error {
  override readonly name = "PreviewError";

  /**
   * @param diagnostics what to show, errors and what was said before them.
   * @param resources type and name by URN, for the headings of the messages.
   */
  constructor(
    readonly diagnostics: Diagnostic[],
    readonly resources: ReadonlyMap<string, ResourceName> = new Map(),
  ) {
    super(diagnostics.map(({ message }) => message).join("\n"));
  }

  /** One plain error that belongs to no resource. */
  static of(message: string): PreviewError {
    return new PreviewError([{ severity: "error", message }]);
  }
}

/** What is wrong at one place of a file. */
export interface FileProblem {
  file: string;
  /** From 1. */
  line?: number;
  /** Says key, value, rule and fix. */
  message: string;
}

/** All problems of the files at once. */
export function fileProblems(problems: FileProblem[]): PreviewError {
  return new PreviewError(
    problems.map(({ file, line, message }) => ({
      severity: "error",
      message: `${file}${line === undefined ? "" : `:${line}`}: ${message}`,
    })),
  );
}
