import { type GraphValue } from "./graphValue";
import { type PolicyPackResult } from "./policies/results";

/** Where a graph was read from. */
export const GraphSource = {
  /** The program ran against Kiln's own monitor: no state, no diff, no provider checks. */
  Offline: "offline",
  /** The installed Pulumi CLI made the preview. */
  Pulumi: "pulumi",
} as const;
export type GraphSource = (typeof GraphSource)[keyof typeof GraphSource];

/** How grave a message is, in Pulumi's words. `info#err` is what a program wrote to its standard error. */
export type Severity = "error" | "warning" | "info" | "info#err";

/** A message of the program or of the preview. */
export interface Diagnostic {
  severity: Severity;
  message: string;
  /** Resource that the message is about; the stack when left out. */
  urn?: string;
}

/** Options of a resource, by the names that Pulumi's SDK gives them; what was not set is left out. */
export interface GraphOptions {
  additionalSecretOutputs?: string[];
  /** Durations as the program wrote them, such as `5m`. */
  customTimeouts?: Record<string, string>;
  deleteBeforeReplace?: boolean;
  /** URN. */
  deletedWith?: string;
  hideDiffs?: string[];
  /** Names of resource hooks by their time, such as `beforeCreate`. */
  hooks?: Record<string, string[]>;
  ignoreChanges?: string[];
  /** Id of the existing resource that is adopted. */
  import?: string;
  pluginDownloadURL?: string;
  /** URNs of explicit providers by package. */
  providers?: Record<string, string>;
  replaceOnChanges?: string[];
  /** URNs. */
  replaceWith?: string[];
  replacementTrigger?: GraphValue;
  retainOnDelete?: boolean;
  version?: string;
}

/** What `pulumi preview` would do with one resource; known from the real engine alone. */
export interface GraphChange {
  /** Pulumi's own word: create, update, replace, delete, same, read, import … */
  op: string;
  /** Inputs that differ. */
  diffReasons: string[];
  /** Inputs that force the replacement. */
  replaceReasons: string[];
}

/** One resource of a program. */
export interface GraphResource {
  urn: string;
  type: string;
  name: string;
  /** False for components. */
  custom: boolean;
  /** A component that another process constructs: its children are not seen. */
  remote?: boolean;
  /** Id of a resource that is read, not managed (`Resource.get`). */
  read?: string;
  /** URN. */
  parent?: string;
  /** URN of the provider, without its id. */
  provider?: string;
  inputs: Record<string, GraphValue>;
  /** What a component registered, or what the real engine knows; left out where nothing is known. */
  outputs?: Record<string, GraphValue>;
  protect: boolean;
  /** URNs that the resource had before. */
  aliases: string[];
  /** URNs. */
  dependencies: string[];
  /** URNs by input. */
  propertyDependencies: Record<string, string[]>;
  options: GraphOptions;
  change?: GraphChange;
}

/** A function of a provider, or a reference to another stack, that the program asks. */
export interface GraphLookup {
  /** Token of the function, or type of the stack reference. */
  token: string;
  args: Record<string, GraphValue>;
  /** False where the result counts as unknown. */
  answered: boolean;
}

/** Everything that a preview knows, as plain data: what renderers and policies read. */
export interface PreviewGraph {
  apiVersion: "kiln/v1";
  kind: "PreviewGraph";
  project: string;
  stack: string;
  source: GraphSource;
  /** Parents before children, siblings by URN: the same program gives the same bytes. */
  resources: GraphResource[];
  /**
   * The stack's configuration of the providers that the program does not declare itself, by package, such as
   * `gcp`; left out where nothing is known of them.
   */
  defaultProviders?: Record<string, Record<string, GraphValue>>;
  /** Outputs of the stack. */
  outputs: Record<string, GraphValue>;
  diagnostics: Diagnostic[];
  /** By token, each once. */
  lookups: GraphLookup[];
  /** Number of resources by operation; known from the real engine alone. */
  changeSummary?: Record<string, number>;
  /** What the policy packs said, in the order in which they were named; left out where none was. */
  policyPacks?: PolicyPackResult[];
}

/** Type of the resource that is the stack itself. */
export const STACK_TYPE = "pulumi:pulumi:Stack";

/** Parents before children, siblings by URN; a resource whose parent is unknown counts as a root. */
export function inTreeOrder(resources: Iterable<GraphResource>): GraphResource[] {
  const children = childrenByParent([...resources]);
  const ordered: GraphResource[] = [];
  const pending = [...(children.get(undefined) ?? [])].reverse();
  for (let next = pending.pop(); next; next = pending.pop()) {
    ordered.push(next);
    pending.push(...[...(children.get(next.urn) ?? [])].reverse());
  }
  return ordered;
}

/** Resources by the URN of their parent, sorted by URN; roots under `undefined`. */
export function childrenByParent(resources: GraphResource[]): Map<string | undefined, GraphResource[]> {
  const parents = new Map(resources.map(({ urn, parent }) => [urn, parent]));
  const cut = oneOfEachCircle(parents);
  const children = new Map<string | undefined, GraphResource[]>();
  for (const resource of [...resources].sort((a, b) => compareText(a.urn, b.urn))) {
    const isRoot = resource.parent === undefined || !parents.has(resource.parent) || cut.has(resource.urn);
    const parent = isRoot ? undefined : resource.parent;
    const siblings = children.get(parent);
    if (siblings) siblings.push(resource);
    else children.set(parent, [resource]);
  }
  return children;
}

/** Parents that go round in a circle are nothing that Pulumi makes, but a file may hold them: nothing may be lost. */
function oneOfEachCircle(parents: ReadonlyMap<string, string | undefined>): Set<string> {
  const circles = new Set<string>();
  const done = new Set<string>();
  for (const start of parents.keys()) {
    const path = new Set<string>();
    let urn: string | undefined = start;
    for (; urn !== undefined && !done.has(urn) && !path.has(urn); urn = parents.get(urn)) path.add(urn);
    if (urn !== undefined && path.has(urn)) circles.add(urn);
    path.forEach((member) => done.add(member));
  }
  return circles;
}

/** Order of text that no locale changes. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
