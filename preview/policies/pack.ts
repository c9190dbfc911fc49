import { isDeepStrictEqual } from "node:util";
import { status } from "@grpc/grpc-js";
import { type AnalyzeResponse, type AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import { type Diagnostic, type GraphResource, STACK_TYPE } from "../graph";
import { type SecretTexts } from "../monitor/secrets";
import { asObject, fromStruct, signatureOf, Special, type Wire, type WireObject } from "../monitor/wire";
import { PreviewError } from "../problem";
import { type TypeCheck } from "../typecheck";
import { Analyzer, CallFailure } from "./analyzer";
import { type JudgedStack, packCommand } from "./command";
import { type PackConfig } from "./configFile";
import { configure, configureRequest, type ConfiguredPolicy, unknownPolicies } from "./configure";
import { Findings } from "./findings";
import { type PackFile } from "./packFile";
import { type PackInfo, packInfo, type PolicyDefinition } from "./packInfo";
import { endingText, type PackProcess, startPack } from "./packProcess";
import { handshakeRequest, type JudgedResource, stackRequest } from "./requests";
import { type PolicyInfo, type PolicyPackResult } from "./results";
import { withSecrets } from "./secretInputs";

/** What a pack is started with. */
export interface PackOptions {
  file: PackFile;
  config?: PackConfig;
  stack: JudgedStack;
  /** Of the engine. */
  address: string;
  secrets: SecretTexts;
  /** Checks the pack's types, where it is written in TypeScript. */
  types: TypeCheck | undefined;
  /** Is told the size of each answer, and throws when it is too much. */
  count: (bytes: number) => void;
}

/** A policy pack in its own process, called as Pulumi's engine calls it. */
export class Pack {
  readonly file: PackFile;
  /** What it is asked and has not answered, oldest first. */
  readonly #open: { question: string }[] = [];
  readonly #options: PackOptions;
  readonly #process: PackProcess;
  #analyzer: Analyzer | undefined;
  #findings: Findings | undefined;
  #policies: PolicyInfo[] = [];

  constructor(options: PackOptions) {
    this.file = options.file;
    this.#options = options;
    this.#process = startPack(packCommand(options.file, options.stack, options.address, options.types !== undefined));
    void options.types?.result.then((wrong) => wrong && this.stop(notCompiling(wrong)));
  }

  /** What it is asked at the moment, for the message when it does not answer. */
  get asked(): string | undefined {
    return this.#open.at(0)?.question;
  }

  /** Whether one of its policies may change inputs. */
  get mayRemediate(): boolean {
    return this.#policies.some(({ level }) => level === "remediate");
  }

  /** Waits until the pack serves, and tells it stack and settings. Gives back warnings. */
  async start(): Promise<string[]> {
    const { file, config, secrets } = this.#options;
    const info = packInfo(await this.#ask("to start", () => this.#introduce()), file.version);
    this.#findings = new Findings(info, secrets);
    if (!info.supportsConfig && config)
      throw PreviewError.of(`${config.file}: policy pack ${file.shown} takes no configuration; leave it away`);
    const configured = configure(info, file.shown, config);
    this.#policies = info.policies
      .map((policy) => enforced(policy, configured))
      .filter(({ level }) => level !== "disabled");
    if (info.supportsConfig && configured.size > 0)
      await this.#ask("to take its configuration", () => this.#running.configure(configureRequest(configured)));
    return config ? unknownWarnings(info, config) : [];
  }

  /** Gives back the inputs as the pack wants them. */
  async remediate(request: Buffer, { resource: { urn }, properties: inputs }: JudgedResource): Promise<WireObject> {
    const response = await this.#ask(`about ${urn}`, () => this.#running.remediate(request));
    let remediated = inputs;
    for (const remediation of response?.getRemediationsList() ?? []) {
      const before = remediated;
      if (remediation.getDiagnostic() === "")
        remediated = withSecrets(fromStruct(remediation.getProperties()), before, this.#options.secrets);
      this.#findings?.addRemediation(remediation, urn, differences(before, remediated));
    }
    return remediated;
  }

  /** Notes what the pack says against a resource. */
  async analyze(request: Buffer, { urn, type }: GraphResource): Promise<void> {
    const response = await this.#ask(`about ${urn}`, () => this.#running.analyze(request));
    this.#note(response, () => (type === STACK_TYPE ? undefined : urn));
  }

  /**
   * Notes what the pack says against the stack.
   *
   * @param known whether the stack has a resource of that URN; all else counts as said of the stack.
   */
  async analyzeStack(request: Buffer, known: (urn: string) => boolean): Promise<void> {
    const response = await this.#ask("about the stack", async () => {
      if (await this.#options.types?.result) throw new Error("it does not compile");
      return this.#running.analyzeStack(request);
    });
    this.#note(response, (urn) => (known(urn) ? urn : undefined));
  }

  /** What it said. */
  get result(): PolicyPackResult {
    return (this.#findings as Findings).result(this.#policies);
  }

  /** How many findings were too many to be kept. */
  get leftOut(): number {
    return this.#findings?.leftOut ?? 0;
  }

  /** Ends it as Pulumi does. */
  async cancel(): Promise<void> {
    await Promise.race([this.#analyzer?.cancel().catch(() => undefined), patience()]);
  }

  /** Ends its process and what it started; the first reason is kept. */
  stop(reason: string): void {
    this.#process.child.stop(reason);
    this.#options.types?.stop();
  }

  /** Ends it and waits until no process is left. */
  async close(): Promise<void> {
    this.stop("not needed any more");
    this.#analyzer?.close();
    await this.#process.child.ended.catch(() => undefined);
  }

  get #running(): Analyzer {
    return this.#analyzer as Analyzer;
  }

  async #introduce(): Promise<AnalyzerInfo> {
    const { file, stack, address, count } = this.#options;
    const analyzer = new Analyzer(await this.#process.port, count);
    this.#analyzer = analyzer;
    await analyzer.handshake(handshakeRequest(file.directory, address));
    await analyzer.configureStack(stackRequest(stack));
    await analyzer.pluginInfo();
    return analyzer.info();
  }

  #note(response: AnalyzeResponse | undefined, urnOf: (urn: string) => string | undefined): void {
    for (const diagnostic of response?.getDiagnosticsList() ?? [])
      this.#findings?.add(diagnostic, urnOf(diagnostic.getUrn()));
  }

  async #ask<T>(question: string, call: () => Promise<T>): Promise<T> {
    const one = { question };
    this.#open.push(one);
    try {
      return await call();
    } catch (error) {
      throw PreviewError.of(`policy pack ${this.file.shown}: ${await this.#why(error as Error, question)}`);
    } finally {
      this.#open.splice(this.#open.indexOf(one), 1);
    }
  }

  async #why(error: Error, question: string): Promise<string> {
    // Pulumi's runner does not start what does not compile.
    const wrong = await this.#options.types?.result;
    if (wrong) return notCompiling(wrong);
    if (!(error instanceof CallFailure)) return error.message;
    // The connection breaks a moment before the end of the process is seen.
    if (error.code === status.UNAVAILABLE || error.code === status.CANCELLED) {
      const ending = await Promise.race([this.#process.child.ended, patience()]);
      if (ending) return endingText(ending, `when it was asked ${question}`);
    }
    return `it failed when it was asked ${question}:\n${error.details}`;
  }
}

/** A policy as it is enforced, without the schema of its values. */
function enforced(policy: PolicyDefinition, configured: ReadonlyMap<string, ConfiguredPolicy>): PolicyInfo {
  const shown: PolicyDefinition = { ...policy, level: configured.get(policy.name)?.level ?? policy.level };
  delete shown.schema;
  return shown;
}

function unknownWarnings(info: PackInfo, config: PackConfig): string[] {
  return unknownPolicies(info, config).map(
    (name) => `${config.file}: ${name} is no policy of ${info.name}@${info.version}; its setting has no effect`,
  );
}

function notCompiling({ message }: Diagnostic): string {
  return `it does not compile:\n${message}`;
}

/** How long the end of a process is waited for whose connection broke, in milliseconds. */
const PATIENCE_MS = 2000;

function patience(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS).unref());
}

/** Top-level keys whose values differ. */
function differences(before: WireObject, after: WireObject): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => !isDeepStrictEqual(withoutHashes(before[key]), withoutHashes(after[key])));
}

/** Pulumi's SDK gives assets back without their hash. */
function withoutHashes(value: Wire | undefined): Wire | undefined {
  if (Array.isArray(value)) return value.map((member) => withoutHashes(member) as Wire);
  const object = asObject(value);
  if (!object) return value;
  const isAsset = signatureOf(object) === Special.Asset || signatureOf(object) === Special.Archive;
  const entries = Object.entries(object).filter(([key]) => !isAsset || key !== "hash");
  return Object.fromEntries(entries.map(([key, member]) => [key, withoutHashes(member) as Wire]));
}
