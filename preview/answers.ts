/** Answers to look-ups that a preview cannot make itself. */
export interface Answers {
  /** Functions of providers, such as `gcp:compute/getImage:getImage`; the first entry that fits counts. */
  invokes: AnsweredInvoke[];
  /** Outputs of other stacks by their full name, `organization/project/stack`. */
  stackReferences: Record<string, Record<string, unknown>>;
}

/** One answer. */
export interface AnsweredInvoke {
  /** Type token of the function. */
  token: string;
  /**
   * Arguments that the call must have; it may have others.
   * @default - any call of the function
   */
  args?: Record<string, unknown>;
  /** What the function returns. */
  return: Record<string, unknown>;
}

/** No answers: every look-up is unknown. */
export const NO_ANSWERS: Answers = { invokes: [], stackReferences: {} };
