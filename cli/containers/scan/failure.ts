/** Why there is no scan: something that the user can put right. */
export class ScanFailure extends Error {
  override readonly name = "ScanFailure";

  /** @param problems what to put right, all at once. */
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}
