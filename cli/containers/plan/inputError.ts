/** Files that are not as they must be: each message says which, what and why. */
export class InputError extends Error {
  override readonly name = "InputError";

  constructor(readonly messages: readonly string[]) {
    super(messages.join("\n"));
  }
}
