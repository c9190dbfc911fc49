import { Client } from "@grpc/grpc-js";
import {
  AnalyzeRequest,
  AnalyzerHandshakeRequest,
  type AnalyzerProviderResource,
  type AnalyzerResource,
  type AnalyzerResourceOptions,
  AnalyzerStackConfigureRequest,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  EnforcementLevel,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { readFileSync } from "node:fs";
import { type WireObject } from "../../../preview/monitor/wire";

/** One call of a policy pack, in the JSON form of the recordings. */
export interface Call {
  method: string;
  request: CallRequest;
}

export interface CallRequest extends CallResource {
  resources?: CallResource[];
  config?: Record<string, string>;
}

export interface CallResource {
  urn?: string;
  name?: string;
  properties?: WireObject;
  dependencies?: string[];
}

/** A recorded call with what the pack answered. */
export interface RecordedCall extends Call {
  response?: {
    diagnostics?: { policyName: string; message: string; description: string; enforcementLevel?: string }[];
    remediations?: { policyName: string; properties: WireObject }[];
  };
}

/** The recorded calls of a file, in their order. */
export function recordedCalls(file: string): RecordedCall[] {
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => {
      const { method, request, response } = JSON.parse(line) as RecordedCall;
      return { method: method.replace("/pulumirpc.Analyzer/", ""), request, response };
    });
}

/** Notes every call of a policy pack that this process makes while the action runs. */
export async function callsOf(action: () => Promise<unknown>): Promise<Call[]> {
  const calls: Call[] = [];
  const send = Object.getOwnPropertyDescriptor(Client.prototype, "makeUnaryRequest")?.value as (
    ...args: unknown[]
  ) => unknown;
  const note = function (this: Client, path: string, ...rest: unknown[]) {
    const [, method] = /^\/pulumirpc\.Analyzer\/(.*)$/.exec(path) ?? [];
    if (method !== undefined) calls.push({ method, request: requestOf(method, rest[2] as Uint8Array) });
    return Reflect.apply(send, this, [path, ...rest]);
  };
  Object.assign(Client.prototype, { makeUnaryRequest: note });
  try {
    await action();
  } finally {
    Object.assign(Client.prototype, { makeUnaryRequest: send });
  }
  return calls;
}

function requestOf(method: string, bytes: Uint8Array): CallRequest {
  switch (method) {
    case "Handshake":
      return handshake(AnalyzerHandshakeRequest.deserializeBinary(bytes));
    case "ConfigureStack":
      return configureStack(AnalyzerStackConfigureRequest.deserializeBinary(bytes));
    case "Configure":
      return configure(ConfigureAnalyzerRequest.deserializeBinary(bytes));
    case "Remediate":
    case "Analyze":
      return resource(AnalyzeRequest.deserializeBinary(bytes));
    case "AnalyzeStack":
      return { resources: AnalyzeStackRequest.deserializeBinary(bytes).getResourcesList().map(stackResource) };
    default:
      return {};
  }
}

function handshake(message: AnalyzerHandshakeRequest): CallRequest {
  return message.toObject() as CallRequest;
}

function configureStack(message: AnalyzerStackConfigureRequest): CallRequest {
  const { configMap, configSecretKeysList, tagsMap, ...rest } = message.toObject();
  const config = Object.fromEntries(configMap);
  return said({ ...rest, config, configSecretKeys: configSecretKeysList, tags: Object.fromEntries(tagsMap) });
}

function configure(message: ConfigureAnalyzerRequest): CallRequest {
  const policyConfig: Record<string, unknown> = {};
  message.getPolicyconfigMap().forEach((config, name) => {
    const level = config.getEnforcementlevel();
    const enforcementLevel = level === EnforcementLevel.ADVISORY ? "" : LEVELS[level];
    policyConfig[name] = { ...said({ enforcementLevel }), properties: config.getProperties()?.toJavaScript() ?? {} };
  });
  return { policyConfig } as CallRequest;
}

const LEVELS = Object.fromEntries(Object.entries(EnforcementLevel).map(([name, number]) => [number, name]));

function resource(message: AnalyzeRequest | AnalyzerResource): CallRequest {
  const provider = message.getProvider();
  return {
    ...said({ type: message.getType(), urn: message.getUrn(), name: message.getName() }),
    properties: message.getProperties()?.toJavaScript(),
    options: options(message.getOptions()),
    ...(provider ? { provider: providerOf(provider) } : {}),
  } as CallRequest;
}

function stackResource(message: AnalyzerResource): CallResource {
  const propertyDependencies: Record<string, unknown> = {};
  message
    .getPropertydependenciesMap()
    .forEach((urns, key) => (propertyDependencies[key] = { urns: urns.getUrnsList() }));
  const dependencies = message.getDependenciesList();
  return { ...resource(message), ...said({ parent: message.getParent(), dependencies, propertyDependencies }) };
}

function providerOf(message: AnalyzerProviderResource): object {
  const { properties, ...rest } = message.toObject();
  void properties;
  return { ...rest, properties: message.getProperties()?.toJavaScript() };
}

function options(message: AnalyzerResourceOptions | undefined): object {
  const timeouts = said(message?.getCustomtimeouts()?.toObject() ?? {});
  return {
    ...said({
      protect: message?.getProtect(),
      ignoreChanges: message?.getIgnorechangesList(),
      deleteBeforeReplace: message?.getDeletebeforereplace(),
      deleteBeforeReplaceDefined: message?.getDeletebeforereplacedefined(),
      additionalSecretOutputs: message?.getAdditionalsecretoutputsList(),
      aliases: message?.getAliasesList(),
      parent: message?.getParent(),
    }),
    customTimeouts: timeouts,
  };
}

/** Without what protobuf's JSON leaves out: defaults. */
function said<T extends object>(values: T): T {
  const entries = Object.entries(values).filter(([, value]: [string, unknown]) => {
    if (value === undefined || value === "" || value === false || value === 0) return false;
    return typeof value !== "object" || value === null || Object.keys(value).length > 0;
  });
  return Object.fromEntries(entries) as T;
}
