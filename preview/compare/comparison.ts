import { type GraphValue } from "../graphValue";

/** What becomes of a resource between two programs. */
export const ChangeKind = {
  Create: "create",
  Update: "update",
  /** An input changed that Google Cloud cannot change in place. */
  Replace: "replace",
  Delete: "delete",
  /** The same resource under another URN, by an alias. */
  Rename: "rename",
} as const;
export type ChangeKind = (typeof ChangeKind)[keyof typeof ChangeKind];

/** One input that differs. */
export interface InputChange {
  /** Path such as `dockerConfig.immutableTags`. */
  path: string;
  /** Left out where the base has no such input. */
  before?: GraphValue;
  /** Left out where the change takes the input away. */
  after?: GraphValue;
  /** Whether it forces a replacement. */
  replaces: boolean;
}

/** One resource that differs. */
export interface ResourceChange {
  kind: ChangeKind;
  /** In the program that changes it; in the base where it is deleted. */
  urn: string;
  type: string;
  name: string;
  /** URN in the base, where it is another. */
  oldUrn?: string;
  inputs: InputChange[];
  /** Whether the option `protect`, or an input that prevents deletion, was on and is off, or a protected resource is gone. */
  losesProtection: boolean;
  /** What is lost when it is deleted or replaced, such as "the BigQuery dataset holds data". */
  holds?: string;
}

/** Who gets what, where. */
export interface Grant {
  /** Member with its prefix, `[secret]`, or `[unknown]`. */
  member: string;
  /** Role, as `roles/…`. */
  role: string;
  /** What it is granted on: a project's id, a repository, an image … as far as it is known. */
  resource: string;
  /** Title or expression of the IAM condition. */
  condition?: string;
  /** Whether the resource replaces everybody else's grants. */
  authoritative: boolean;
  /** Resource of the program that grants it. */
  urn: string;
}

/** What a change does, as a reviewer must know it. */
export interface Comparison {
  /** One line: "3 to create, 1 to replace: the BigQuery dataset holds data". */
  summary: string;
  /** The gravest first: lost protection, deletions, replacements, then renames, updates, creations; then by URN. */
  changes: ResourceChange[];
  /** How many resources are as before. */
  unchanged: number;
  grants: { added: Grant[]; removed: Grant[] };
  outputs: InputChange[];
}
