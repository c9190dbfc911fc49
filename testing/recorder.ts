import type * as pulumi from "@pulumi/pulumi";
import type * as engine from "@pulumi/pulumi/proto/engine_pb";
import type * as rpc from "@pulumi/pulumi/proto/resource_pb";
import { ANSWERS, COMPUTED } from "./google";
import type { DeclaredResource, LoggedMessage, ProgramRun, RunOptions } from "./types";
import { holdsSecret, plain } from "./values";

const STACK = "pulumi:pulumi:Stack";
const SEVERITIES = ["debug", "info", "warning", "error"] as const;

type Callback = (error: Error | null, response?: unknown) => void;

/** The calls of Pulumi's mock monitor that tell what its mocks are not told. */
interface Monitor {
  newUrn(parent: string, type: string, name: string): string;
  registerResource(request: rpc.RegisterResourceRequest, callback: Callback): Promise<void>;
  registerResourceOutputs(request: rpc.RegisterResourceOutputsRequest, callback: Callback): void;
}

/** Answers a program as Google would and keeps what it declared. */
export class Recorder implements pulumi.runtime.Mocks {
  /** Grows with every call of the program. */
  activity = 0;
  /** Stands in for the engine's log. */
  readonly engine = {
    log: (request: engine.LogRequest, callback: Callback) => {
      this.activity++;
      const severity = SEVERITIES[request.getSeverity()];
      if (severity !== "debug") this.#log.push({ severity, message: request.getMessage() });
      callback(null);
    },
    setRootResource: (_request: unknown, callback: Callback) => callback(null),
  };
  readonly #resources = new Map<string, DeclaredResource>();
  readonly #log: LoggedMessage[] = [];
  readonly #duplicates: string[] = [];
  #outputs: Record<string, unknown> = {};

  constructor(private readonly options: RunOptions) {}

  newResource(resource: pulumi.runtime.MockResourceArgs) {
    const inputs = resource.inputs as Record<string, unknown>;
    if (this.options.preview) return { id: undefined, state: inputs };
    const computed = this.options.computed?.[resource.type] ?? COMPUTED[resource.type];
    const { name } = resource;
    return { id: resource.id || `${name}-id`, state: { name, ...inputs, ...computed?.({ name, inputs }) } };
  }

  call({ token, inputs }: pulumi.runtime.MockCallArgs): Record<string, unknown> {
    this.activity++;
    const answer = this.options.answers?.[token] ?? ANSWERS[token];
    if (!answer) {
      const details = `the program looks up ${token}, for which there is no answer; give one in answers`;
      throw Object.assign(new Error(details), { details }); // what Pulumi reads of an error of gRPC
    }
    return answer(inputs as Record<string, unknown>);
  }

  /** Listens in on Pulumi's mock monitor. */
  watch(mocked: unknown): void {
    const monitor = mocked as Monitor;
    const registerResource = monitor.registerResource.bind(monitor);
    const registerResourceOutputs = monitor.registerResourceOutputs.bind(monitor);
    monitor.newUrn = (parent, type, name) => this.#urn(parent, type, name);
    monitor.registerResource = (request, callback) => {
      this.#declare(request);
      return registerResource(request, callback);
    };
    monitor.registerResourceOutputs = (request, callback) => {
      this.#registerOutputs(request);
      registerResourceOutputs(request, callback);
    };
  }

  /** What is wrong with the program although nothing in it rejected. */
  problems({ anyChildNames = false }: RunOptions): Error[] {
    const errors = this.#log.filter(({ severity }) => severity === "error").map(({ message }) => new Error(message));
    const duplicates = this.#duplicates.map(
      (urn) => new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`),
    );
    return [...errors, ...duplicates, ...(anyChildNames ? [] : this.#strayNames())];
  }

  /** What was declared. */
  run(): ProgramRun {
    return { resources: [...this.#resources.values()], outputs: this.#outputs, log: this.#log };
  }

  #declare(request: rpc.RegisterResourceRequest): void {
    this.activity++;
    if (request.getType() === STACK) return;
    const resource = declaredBy(request, this.#urn(request.getParent(), request.getType(), request.getName()));
    if (this.#resources.has(resource.urn)) this.#duplicates.push(resource.urn);
    this.#resources.set(resource.urn, resource);
  }

  #registerOutputs(request: rpc.RegisterResourceOutputsRequest): void {
    this.activity++;
    const outputs = plain(request.getOutputs()?.toJavaScript() ?? {}) as Record<string, unknown>;
    const resource = this.#resources.get(request.getUrn());
    if (resource) resource.outputs = outputs;
    else this.#outputs = outputs;
  }

  #urn(parent: string, type: string, name: string): string {
    const { project = "project", stack = "stack" } = this.options;
    const parentType = parent.split("::")[2];
    const qualified = !parentType || parentType === STACK ? type : `${parentType}$${type}`;
    return ["urn:pulumi:" + stack, project, qualified, name].join("::");
  }

  #strayNames(): Error[] {
    const errors: Error[] = [];
    for (const { name, type, parent } of this.#resources.values()) {
      const component = parent === undefined ? undefined : this.#resources.get(parent);
      if (component && !component.custom && !name.startsWith(`${component.name}-`))
        errors.push(
          new Error(
            `${type} "${name}" is a child of ${component.type} "${component.name}": begin its name with "${component.name}-"`,
          ),
        );
    }
    return errors;
  }
}

function declaredBy(request: rpc.RegisterResourceRequest, urn: string): DeclaredResource {
  const sent = (request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>;
  const parent = request.getParent();
  return {
    type: request.getType(),
    name: request.getName(),
    urn,
    custom: request.getCustom(),
    inputs: plain(sent) as Record<string, unknown>,
    secretInputs: Object.keys(sent).filter((key) => holdsSecret(sent[key])),
    ...(parent && !parent.includes(`::${STACK}::`) ? { parent } : {}),
    options: {
      protect: request.getProtect() ?? false,
      retainOnDelete: request.getRetainondelete() ?? false,
      dependsOn: [...new Set(request.getDependenciesList())].sort(),
      aliases: request.getAliasesList().map((alias) => alias.getUrn() || (alias.getSpec()?.getName() ?? "")),
      ...(request.getProvider() ? { provider: request.getProvider() } : {}),
      ignoreChanges: request.getIgnorechangesList(),
      ...(request.getDeletedwith() ? { deletedWith: request.getDeletedwith() } : {}),
    },
  };
}
