import { type Answers, NO_ANSWERS } from "./answers";
import {
  type Diagnostic,
  type GraphLookup,
  type GraphResource,
  GraphSource,
  type PreviewGraph,
  STACK_TYPE,
} from "./graph";
import { DEFAULT_PROVIDER, packageConfig } from "./monitor/providers";
import { type Resources } from "./monitor/resources";
import { SecretTexts } from "./monitor/secrets";
import { type Monitor, startMonitor } from "./monitor/server";
import { type MakePacks } from "./policies";
import { type PolicyPacks } from "./policies/packs";
import { type PolicyPackResult } from "./policies/results";
import { PreviewError, type ResourceName } from "./problem";
import { type Child, type Ending, startNode } from "./program/child";
import { runCommand } from "./program/command";
import { errorOfEnding, outputOf } from "./program/verdict";
import { resolveConfig, type StackConfig } from "./project/config";
import { type Project, readProject } from "./project/projectFile";
import { defaultStack, readStackFile } from "./project/stackFile";
import { startTypeCheck, type TypeCheck } from "./typecheck";

/** How a program is previewed offline. */
export interface OfflineOptions {
  /** Folder of the project, or one below it. */
  directory: string;
  /** @default - `dev` when it has a file, else the only stack with a file, else `dev` */
  stack?: string;
  /** @default - every look-up is unknown */
  answers?: Answers;
  /**
   * Policy packs that judge what the program declares: what `policyPacks` gives.
   * @default - none
   */
  policies?: MakePacks;
  /**
   * Where the program's secrets are remembered, to keep them out of what is said beside the graph.
   * @default - they are forgotten
   */
  secrets?: SecretTexts;
  /**
   * Milliseconds until the program is stopped.
   * @default 300000
   */
  timeoutMs?: number;
  /** Stops the program when it is aborted. */
  signal?: AbortSignal;
}

/** As long as Pulumi's own examples let a slow program take. */
export const DEFAULT_TIMEOUT_MS = 300_000;

const INTERRUPTED = "The preview was interrupted";

/**
 * Runs a program in its own process against a monitor on loopback, and gives back what it declares.
 *
 * @throws {PreviewError} with the messages that a user of Pulumi would see.
 */
export async function previewOffline(options: OfflineOptions): Promise<PreviewGraph> {
  const project = readProject(options.directory);
  const stack = options.stack ?? defaultStack(project);
  const config = resolveConfig(project, stack, readStackFile(project, stack));
  // First, because it takes longest.
  const types = startTypeCheck(project);
  try {
    return await new Run(project, stack, config, types, options).graph();
  } finally {
    types?.stop();
  }
}

/** One run of one program. */
class Run {
  readonly #project: Project;
  readonly #stack: string;
  readonly #config: StackConfig;
  readonly #types: TypeCheck | undefined;
  readonly #options: OfflineOptions;
  readonly #secrets: SecretTexts;
  readonly #packs: PolicyPacks | undefined;
  #child: Child | undefined;
  /** Why the run was stopped from here. */
  #stopped: string | undefined;
  /** What is wrong with a policy pack. */
  #packFailure: PreviewError | undefined;

  constructor(
    project: Project,
    stack: string,
    config: StackConfig,
    types: TypeCheck | undefined,
    options: OfflineOptions,
  ) {
    this.#project = project;
    this.#stack = stack;
    this.#config = config;
    this.#types = types;
    this.#options = options;
    this.#secrets = options.secrets ?? new SecretTexts();
    this.#packs = options.policies?.({
      stack: { project: project.name, stack, config },
      directory: project.programDirectory,
      secrets: this.#secrets,
      onFailure: (failure) => this.#failByPack(failure),
    });
  }

  async graph(): Promise<PreviewGraph> {
    const monitor = await this.#startMonitor();
    const unwatch = this.#stopInTime();
    try {
      this.#packs?.start(monitor.address);
      const ending = await this.#runProgram(monitor.address);
      const typeError = await this.#types?.result;
      this.#refusePackFailure();
      const graph = this.#judge(monitor, { ...ending, stopped: this.#stopped ?? ending.stopped }, typeError);
      return this.#packs ? await this.#judged(graph, this.#packs) : graph;
    } finally {
      unwatch();
      await this.#packs?.close();
      monitor.close();
    }
  }

  #failByPack(failure: PreviewError): void {
    if (this.#stopped === undefined) this.#packFailure = failure;
    this.#stop("A policy pack failed");
  }

  #refusePackFailure(): void {
    if (!this.#packFailure) return;
    const mask = (diagnostic: Diagnostic) => ({ ...diagnostic, message: this.#secrets.mask(diagnostic.message) });
    throw new PreviewError(this.#packFailure.diagnostics.map(mask));
  }

  async #judged(graph: PreviewGraph, packs: PolicyPacks): Promise<PreviewGraph> {
    try {
      const { policyPacks, warnings } = await packs.conclude();
      const resources = this.#masked(graph.resources, policyPacks);
      return { ...graph, resources, diagnostics: [...graph.diagnostics, ...warnings], policyPacks };
    } catch (error) {
      if (this.#stopped !== undefined && !this.#packFailure) throw PreviewError.of(this.#stopped);
      this.#refusePackFailure();
      throw error;
    }
  }

  /** Packs get secrets as plain text: the inputs that they changed are searched for them once more, names included. */
  #masked(resources: GraphResource[], policyPacks: PolicyPackResult[]): GraphResource[] {
    const changed = new Set(policyPacks.flatMap(({ remediations }) => remediations.map(({ urn }) => urn)));
    return resources.map((resource) => {
      if (!changed.has(resource.urn)) return resource;
      return { ...resource, inputs: this.#secrets.maskValue(resource.inputs) as GraphResource["inputs"] };
    });
  }

  #defaultProviders(resources: Resources, all: GraphResource[]): PreviewGraph["defaultProviders"] {
    const packages = all.flatMap(({ provider = "" }) => DEFAULT_PROVIDER.exec(provider)?.[1] ?? []);
    const names = [...new Set(packages)].sort();
    return Object.fromEntries(names.map((name) => [name, resources.shown(packageConfig(name, this.#config))]));
  }

  #startMonitor(): Promise<Monitor> {
    return startMonitor({
      project: this.#project.name,
      stack: this.#stack,
      directory: this.#project.programDirectory,
      answers: this.#options.answers ?? NO_ANSWERS,
      secrets: this.#secrets,
      judge: this.#packs,
      onTooMuch: (limit) => this.#stop(`The program declared more than ${limit} bytes; it was stopped`),
    });
  }

  #stopInTime(): () => void {
    const { timeoutMs = DEFAULT_TIMEOUT_MS, signal } = this.#options;
    const timer = setTimeout(() => this.#stop(this.#lateText(timeoutMs / 1000)), timeoutMs);
    const abort = () => this.#stop(INTERRUPTED);
    signal?.addEventListener("abort", abort, { once: true });
    return () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
  }

  #lateText(seconds: number): string {
    const advice = "it was stopped. Look for what never settles, or raise --timeout";
    const packs = this.#packs?.asked ?? [];
    if (packs.length === 0) return `The program did not end within ${seconds} s; ${advice}`;
    return packs.map((asked) => `${asked}, within ${seconds} s of the preview's start; ${advice}`).join("\n");
  }

  #stop(reason: string): void {
    this.#stopped ??= reason;
    this.#child?.stop(reason);
    this.#types?.stop();
    this.#packs?.stop(reason);
  }

  async #runProgram(address: string): Promise<Ending> {
    if (this.#options.signal?.aborted) throw PreviewError.of(INTERRUPTED);
    const transpileOnly = this.#types !== undefined;
    const child = startNode(
      runCommand({ project: this.#project, stack: this.#stack, config: this.#config, address, transpileOnly }),
    );
    this.#child = child;
    // A program that does not compile would not have run: what it does is of no interest.
    void this.#types?.result.then((wrong) => wrong && child.stop("The program does not compile"));
    return child.ended;
  }

  #judge(monitor: Monitor, ending: Ending, typeError: Diagnostic | undefined): PreviewGraph {
    const { resources, lookups, messages, secrets } = monitor;
    const all = resources.inTreeOrder();
    // Pulumi shows a program's errors under the stack, registered or not.
    const stack = { type: STACK_TYPE, name: `${this.#project.name}-${this.#stack}` };
    const names = new Map<string, ResourceName>([
      [resources.urnOf(stack), stack],
      ...all.map((one) => [one.urn, one] as const),
    ]);
    if (typeError) throw new PreviewError([typeError], names);
    const logged = messages.all;
    const reported = logged.some(({ severity }) => severity === "error") || resources.errors.length > 0;
    const ended = errorOfEnding(ending, resources.stackOutputs !== undefined, reported);
    const said = [
      ...this.#config.warnings,
      ...logged,
      ...outputOf(ending),
      ...resources.errors,
      ...(ended ? [ended] : []),
    ];
    const diagnostics = said.map((diagnostic) => ({ ...diagnostic, message: secrets.mask(diagnostic.message) }));
    if (reported || ended) throw new PreviewError(diagnostics, names);
    return {
      apiVersion: "kiln/v1",
      kind: "PreviewGraph",
      project: this.#project.name,
      stack: this.#stack,
      source: GraphSource.Offline,
      resources: all,
      defaultProviders: this.#defaultProviders(resources, all),
      outputs: resources.stackOutputs ?? {},
      diagnostics,
      lookups: lookups.all.map((lookup) => withoutSecrets(lookup, secrets)),
    };
  }
}

/** The SDK unwraps secrets in the arguments of look-ups: they are found by their texts alone. */
function withoutSecrets({ token, args, answered }: GraphLookup, secrets: SecretTexts): GraphLookup {
  return { token, args: secrets.maskValue(args) as GraphLookup["args"], answered };
}
