import { type Answers, NO_ANSWERS } from "./answers";
import { type Diagnostic, type GraphLookup, GraphSource, type PreviewGraph, STACK_TYPE } from "./graph";
import { type SecretTexts } from "./monitor/secrets";
import { type Monitor, startMonitor } from "./monitor/server";
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
  #child: Child | undefined;
  /** Why the run was stopped from here. */
  #stopped: string | undefined;

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
  }

  async graph(): Promise<PreviewGraph> {
    const monitor = await this.#startMonitor();
    const unwatch = this.#stopInTime();
    try {
      const ending = await this.#runProgram(monitor.address);
      const typeError = await this.#types?.result;
      return this.#judge(monitor, { ...ending, stopped: this.#stopped ?? ending.stopped }, typeError);
    } finally {
      unwatch();
      monitor.close();
    }
  }

  #startMonitor(): Promise<Monitor> {
    return startMonitor({
      project: this.#project.name,
      stack: this.#stack,
      directory: this.#project.programDirectory,
      answers: this.#options.answers ?? NO_ANSWERS,
      onTooMuch: (limit) => this.#stop(`The program declared more than ${limit} bytes; it was stopped`),
    });
  }

  #stopInTime(): () => void {
    const { timeoutMs = DEFAULT_TIMEOUT_MS, signal } = this.#options;
    const late = `The program did not end within ${timeoutMs / 1000} s; it was stopped. Look for what never settles, or raise --timeout`;
    const timer = setTimeout(() => this.#stop(late), timeoutMs);
    const abort = () => this.#stop(INTERRUPTED);
    signal?.addEventListener("abort", abort, { once: true });
    return () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
  }

  #stop(reason: string): void {
    this.#stopped ??= reason;
    this.#child?.stop(reason);
    this.#types?.stop();
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
