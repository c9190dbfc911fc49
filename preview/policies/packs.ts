import { type Diagnostic, type GraphResource } from "../graph";
import { type Judge } from "../monitor/judge";
import { type DefaultProvider, isProviderType } from "../monitor/providers";
import { counter } from "../monitor/rpc";
import { type SecretTexts } from "../monitor/secrets";
import { settleObject } from "../monitor/settle";
import { type WireObject } from "../monitor/wire";
import { PreviewError } from "../problem";
import { startTypeCheck } from "../typecheck";
import { bytesOf } from "./analyzer";
import { type JudgedStack } from "./command";
import { Pack } from "./pack";
import { hasInternalKeys } from "./properties";
import { defaultProviderInputs, providerResource, withEngineNotes } from "./providers";
import { type FoundPack } from "./readPacks";
import { type JudgedResource, resourceRequest, stackResourcesRequest } from "./requests";
import { type PolicyPackResult } from "./results";
import { SeenResources } from "./seen";

/** Of everything that the packs answer: as much as a program may send. */
const MAX_ANSWERED_BYTES = 512 * 1024 * 1024;

/** What the packs judge. */
export interface PolicyPacksOptions {
  packs: readonly FoundPack[];
  stack: JudgedStack;
  /** Folder that relative paths of assets start from. */
  directory: string;
  secrets: SecretTexts;
  /** Called once when a pack is not there or does not answer as it should. */
  onFailure: (failure: PreviewError) => void;
}

/** What all packs said. */
export interface Verdict {
  policyPacks: PolicyPackResult[];
  warnings: Diagnostic[];
}

/** Inputs after a remediation, and the request that shows them. */
interface Remediated {
  properties: WireObject;
  request: Buffer;
}

/** Policy packs that see a program's resources one after the other, as they are registered: so does Pulumi's engine. */
export class PolicyPacks implements Judge {
  readonly #options: PolicyPacksOptions;
  readonly #seen = new SeenResources();
  readonly #defaults = new Map<string, Promise<void>>();
  readonly #warnings: string[] = [];
  readonly #packs: Pack[] = [];
  #ready: Promise<void> = Promise.resolve();
  /** Settled when all packs have seen the resource before. */
  #lane: Promise<void> = Promise.resolve();
  #failure: PreviewError | undefined;

  constructor(options: PolicyPacksOptions) {
    this.#options = options;
  }

  /** Starts all packs at once; the first resource waits for them. */
  start(address: string): void {
    this.#ready = this.#startAll(address);
    this.#ready.catch((error: Error) => this.#fail(error));
  }

  async judge(resource: GraphResource, inputs: WireObject, provider: DefaultProvider | undefined): Promise<WireObject> {
    if (provider) void this.judgeProvider(provider);
    return this.#inTurn(resource, inputs, provider?.urn ?? resource.provider);
  }

  judgeProvider(provider: DefaultProvider): Promise<void> {
    const before = this.#defaults.get(provider.urn);
    if (before) return before;
    const inputs = defaultProviderInputs(provider, this.#options.stack.config);
    const judged = this.#inTurn(providerResource(provider), inputs, undefined).then(() => undefined);
    // Whoever needs the provider is told.
    judged.catch(() => undefined);
    this.#defaults.set(provider.urn, judged);
    return judged;
  }

  noteOutputs(urn: string, outputs: WireObject): void {
    this.#seen.setOutputs(urn, outputs);
  }

  /** Shows the packs the whole stack, and gives back what they said. */
  async conclude(): Promise<Verdict> {
    await this.#lane;
    if (this.#failure) throw this.#failure;
    const request = stackResourcesRequest(this.#seen.all());
    await this.#all(this.#packs.map((pack) => pack.analyzeStack(request, (urn) => this.#seen.isBelowStack(urn))));
    await Promise.all(this.#packs.map((pack) => pack.cancel()));
    const warnings = [...this.#warnings, ...this.#packs.flatMap(leftOutWarning)];
    return {
      policyPacks: this.#packs.map(({ result }) => result),
      warnings: warnings.map((message) => ({ severity: "warning", message })),
    };
  }

  /** What the packs are asked and have not answered yet, for the message when it takes too long. */
  get asked(): string[] {
    return this.#packs.flatMap(({ file, asked }) =>
      asked === undefined ? [] : [`policy pack ${file.shown} did not answer when it was asked ${asked}`],
    );
  }

  /** Ends the packs; the first reason is kept. */
  stop(reason: string): void {
    for (const pack of this.#packs) pack.stop(reason);
  }

  /** Ends the packs and waits until no process is left. */
  async close(): Promise<void> {
    await Promise.all(this.#packs.map((pack) => pack.close()));
  }

  async #startAll(address: string): Promise<void> {
    const { packs, stack, secrets } = this.#options;
    const count = counter(MAX_ANSWERED_BYTES, (limit) =>
      this.#fail(PreviewError.of(`The policy packs answered more than ${limit} bytes; they were stopped`)),
    );
    for (const { file, config } of packs) {
      const options = { typescript: true, nodeargs: "", tsconfig: "" };
      const types = startTypeCheck({ programDirectory: file.directory, entryPoint: ".", options });
      this.#packs.push(new Pack({ file, config, stack, address, secrets, types, count }));
    }
    this.#warnings.push(...(await this.#all(this.#packs.map((pack) => pack.start()))).flat());
  }

  /** Remediates and analyzes a resource when its turn has come. The inputs are there before the analysis has ended. */
  async #inTurn(resource: GraphResource, declared: WireObject, providerUrn: string | undefined): Promise<WireObject> {
    const before = this.#lane;
    let done: () => void = () => undefined;
    this.#lane = new Promise((resolve) => (done = resolve));
    try {
      await Promise.all([before, this.#ready]);
      if (this.#failure) throw this.#failure;
      const judged = this.#judged(resource, declared, providerUrn);
      const unchanged = { properties: judged.properties, request: bytesOf(resourceRequest(judged, true)) };
      // What nothing can come back from need not be waited for before the next question.
      const mayRemediate = this.#packs.some((pack) => pack.mayRemediate);
      const answers = mayRemediate ? [] : this.#packs.map((pack) => pack.remediate(unchanged.request, judged));
      const { properties, request } = mayRemediate ? await this.#remediate(judged, unchanged) : unchanged;
      this.#seen.add(resource, properties, judged.provider);
      void this.#analyze({ ...judged, properties }, request)
        .catch((error: Error) => this.#fail(error))
        .finally(done);
      await this.#all(answers);
      return properties === judged.properties ? declared : properties;
    } catch (error) {
      done();
      this.#fail(error as Error);
      throw error;
    }
  }

  #judged(resource: GraphResource, declared: WireObject, providerUrn: string | undefined): JudgedResource {
    const properties = isProviderType(resource.type) ? withEngineNotes(declared, resource.options) : declared;
    return { resource, properties, provider: this.#seen.provider(providerUrn) };
  }

  /** One pack after the other: each sees what those before it changed. Gives back what would be the next request. */
  async #remediate(judged: JudgedResource, { properties, request }: Remediated): Promise<Remediated> {
    for (const pack of this.#packs) {
      const remediated = await pack.remediate(request, { ...judged, properties });
      if (remediated === properties) continue;
      properties = await settleObject(remediated, this.#options.directory);
      request = bytesOf(resourceRequest({ ...judged, properties }, true));
    }
    return { properties, request };
  }

  async #analyze(judged: JudgedResource, withInternal: Buffer): Promise<void> {
    // Most requests are the same with and without internal keys: they need not be made twice.
    const request = hasInternalKeys(judged.properties) ? bytesOf(resourceRequest(judged, false)) : withInternal;
    await this.#all(this.#packs.map((pack) => pack.analyze(request, judged.resource)));
  }

  /** Waits for all: what every pack says is told, however fast another one fails. */
  async #all<T>(answers: Promise<T>[]): Promise<T[]> {
    const settled = await Promise.allSettled(answers);
    const failures = settled.flatMap((one) => (one.status === "rejected" ? [one.reason as Error] : []));
    if (failures.length > 0) throw new PreviewError(failures.flatMap(diagnosticsOf));
    return settled.map((one) => (one as PromiseFulfilledResult<T>).value);
  }

  #fail(error: Error): void {
    if (this.#failure) return;
    this.#failure = error instanceof PreviewError ? error : new PreviewError(diagnosticsOf(error));
    this.#options.onFailure(this.#failure);
  }
}

function diagnosticsOf(error: Error): Diagnostic[] {
  return error instanceof PreviewError ? error.diagnostics : [{ severity: "error", message: error.message }];
}

function leftOutWarning({ file, leftOut }: Pack): string[] {
  if (leftOut === 0) return [];
  return [`policy pack ${file.shown} said so much that ${leftOut} findings are left out`];
}
