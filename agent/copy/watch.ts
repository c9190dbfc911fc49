import { type FailureKind } from "../../core/copy/failures";

/** Is told how a copy goes on. */
export interface Watch {
  begin(images: number): void;
  /** How large an image is. */
  sized(source: string, bytes: number): void;
  started(source: string): void;
  /** A step failed, and is taken again after so many milliseconds. */
  retry(source: string, message: string, wait: number): void;
  /** Nothing can be done until then; milliseconds since 1970. */
  waiting(until: number, budgetOf: string | undefined): void;
  done(source: string, how: "copied" | "found", bytes: number): void;
  failed(source: string, kind: FailureKind, message: string): void;
}
