/** Stands for a value that a preview cannot know yet, wherever it occurs in inputs and outputs. */
export const UNKNOWN = "<unknown until update>";

/** A resource or component as the program declared it. */
export interface DeclaredResource {
  /** Type token, such as `gcp:storage/bucket:Bucket`. */
  type: string;
  /** Logical name. */
  name: string;
  /** URN with the whole chain of parent types, as Pulumi's engine builds it. */
  urn: string;
  /** Whether a provider manages it; false for components. */
  custom: boolean;
  /** Inputs as plain values: secrets opened, {@link UNKNOWN} where a preview does not know yet. */
  inputs: Record<string, unknown>;
  /** Names of the inputs that hold a secret. */
  secretInputs: string[];
  /** URN of the parent; `undefined` directly under the stack. */
  parent?: string;
  /** What the program said beside the inputs. */
  options: DeclaredOptions;
  /** What a component passed to `registerOutputs`. */
  outputs?: Record<string, unknown>;
}

/** Resource options that reach the engine. https://www.pulumi.com/docs/iac/concepts/resources/options/ */
export interface DeclaredOptions {
  /** Whether the resource is protected from deletion. */
  protect: boolean;
  /** Whether deletion leaves the resource in the cloud. */
  retainOnDelete: boolean;
  /** URNs that the resource waits for, through inputs and through `dependsOn`. */
  dependsOn: string[];
  /** Earlier names and URNs. */
  aliases: string[];
  /** Provider, as URN and id; `undefined` for the default one. */
  provider?: string;
  /** Inputs whose changes are ignored. */
  ignoreChanges: string[];
  /** URN with which the resource disappears. */
  deletedWith?: string;
}

/** A message of the program. */
export interface LoggedMessage {
  /** As Pulumi shows it. */
  severity: "debug" | "info" | "warning" | "error";
  /** The text. */
  message: string;
}

/** What a program declared. */
export interface ProgramRun {
  /** In the order of declaration, without the stack itself. */
  resources: DeclaredResource[];
  /** The stack's outputs, with {@link UNKNOWN} where a preview does not know yet. */
  outputs: Record<string, unknown>;
  /** Messages, debug ones excepted. */
  log: LoggedMessage[];
}

/** How a program is run. */
export interface RunOptions {
  /**
   * Run as a preview, in which what Google computes is unknown.
   * @default false
   */
  preview?: boolean;
  /**
   * Name of the Pulumi project.
   * @default "project"
   */
  project?: string;
  /**
   * Name of the stack.
   * @default "stack"
   */
  stack?: string;
  /** Configuration, by `namespace:key`; objects as JSON. */
  config?: Record<string, string>;
  /**
   * Properties that the service computes in an update, by type token, beside those that the inputs say.
   * @default - the few that Kiln's components read, such as a project's number and a sink's writer identity
   */
  computed?: Record<string, (resource: { name: string; inputs: Record<string, unknown> }) => Record<string, unknown>>;
  /**
   * Answers to look-ups, by function token such as `gcp:compute/getImage:getImage`.
   * @default - the project's number for `gcp:organizations/getProject:getProject`; other look-ups fail the run
   */
  answers?: Record<string, (inputs: Record<string, unknown>) => Record<string, unknown>>;
  /**
   * Accept children of components whose names do not begin with the component's own.
   * @default false
   */
  anyChildNames?: boolean;
  /**
   * How long the program may keep waiting, in seconds.
   * @default 10
   */
  settleWithinSeconds?: number;
}
