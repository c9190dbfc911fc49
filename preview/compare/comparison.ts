import { type GraphValue } from "../graphValue";

/** What becomes of a resource between two programs. */
export const ChangeKind = {
  Create: "create",
  Update: "update",
  /** An input changed that Google Cloud cannot change in place. */
  Replace: "replace",
  Delete: "delete",
  /** The same resource under another URN, by an alias; some inputs may differ, none that replaces. */
  Rename: "rename",
} as const;
export type ChangeKind = (typeof ChangeKind)[keyof typeof ChangeKind];

/** One input, option or output that differs. */
export interface InputChange {
  /**
   * Path such as `dockerConfig.immutableTags`, `disks[0].source`, `rules["web"].port` for the entry of a list that has
   * this name, `members[]` for a text that a list gains or loses.
   */
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
  /** By path; none where the resource is created or deleted. */
  inputs: InputChange[];
  /** Options that matter in the cloud: `protect`, `retainOnDelete`, `deletedWith`, `provider` and `replacementTrigger`. */
  options: InputChange[];
  /** Whether the option `protect`, or an input that prevents deletion, was on and is off, or a protected resource is gone. */
  losesProtection: boolean;
  /** What is lost when it is deleted or replaced, such as "the BigQuery dataset holds data". */
  holds?: string;
  /** Of a provider that moves: how many other resources take their project, region or zone from it and may be replaced. */
  mayReplace?: number;
  /** What to look at or to write instead, as one sentence. */
  hint?: string;
}

/** Who gets what, where. */
export interface Grant {
  /** Member with its prefix, `[secret]`, `[unknown]`, or `[unknown] of <name>` where it is known whose it will be. */
  member: string;
  /** Role, as `roles/…`. */
  role: string;
  /** What it is granted on, such as `project acme-images` or `repository acme-images/europe-west1/apps`. */
  resource: string;
  /** Title or expression of the IAM condition. */
  condition?: string;
  /** Whether the resource replaces everybody else's grants. */
  authoritative: boolean;
  /** Resource of the program that grants it. */
  urn: string;
}

/** How grants differ: by member, role, resource and condition, whatever resource of the program gives them. */
export interface GrantChanges {
  added: Grant[];
  removed: Grant[];
  /** Given before and after, but additive on one side and authoritative on the other; as they are after. */
  flipped: Grant[];
}

/** What a change does, as a reviewer must know it. */
export interface Comparison {
  /** One line: "3 to create, 1 to replace: the BigQuery dataset holds data". */
  summary: string;
  /** The gravest first: lost protection, deletions, replacements, then renames, updates, creations; then by URN. */
  changes: ResourceChange[];
  /** How many resources of the cloud are as before; components are not counted. */
  unchanged: number;
  grants: GrantChanges;
  /** What the deployer needs that it did not need before. */
  requirements: { apis: string[]; roles: string[] };
  outputs: InputChange[];
}
