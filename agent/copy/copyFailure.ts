import { type FailureKind } from "../../core/copy/failures";

/** A step of a copy did not work. */
export class CopyFailure extends Error {
  override readonly name = "CopyFailure";

  /** @param retryAfter milliseconds that the registry asks to be left alone for. */
  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly retryAfter?: number,
  ) {
    super(message.replace(/\s+/g, " ").trim().slice(0, MOST_MESSAGE) || "no reason was given");
  }
}

/** Registries and proxies answer with whole pages. */
const MOST_MESSAGE = 500;

/** The ledger cannot be used. */
export class LedgerError extends Error {
  override readonly name = "LedgerError";
}
