import {
  AnalyzeRequest,
  AnalyzerHandshakeRequest,
  AnalyzerPropertyDependencies,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzerStackConfigureRequest,
  AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { type GraphResource } from "../graph";
import { toStruct, type WireObject } from "../monitor/wire";
import { type JudgedStack, ORGANIZATION } from "./command";
import { toPolicyProperties } from "./properties";

/** A resource as policies get it. */
export interface JudgedResource {
  resource: GraphResource;
  /** What was declared, or in the end what is known of it. */
  properties: WireObject;
  provider?: JudgedProvider;
}

/** The provider of a resource as policies get it. */
export interface JudgedProvider {
  urn: string;
  type: string;
  name: string;
  inputs: WireObject;
}

/** Tells a pack where the engine and the pack are. */
export function handshakeRequest(directory: string, address: string): AnalyzerHandshakeRequest {
  const request = new AnalyzerHandshakeRequest();
  request.setEngineAddress(address);
  request.setRootDirectory(directory);
  request.setProgramDirectory(directory);
  return request;
}

/** Tells a pack which stack is previewed. */
export function stackRequest({ project, stack, config }: JudgedStack): AnalyzerStackConfigureRequest {
  const request = new AnalyzerStackConfigureRequest();
  request.setProject(project);
  request.setStack(stack);
  request.setOrganization(ORGANIZATION);
  request.setDryRun(true);
  request.setConfigSecretKeysList(config.secretKeys);
  for (const [key, value] of Object.entries(config.values)) request.getConfigMap().set(key, value);
  return request;
}

/** Shows a pack one resource. */
export function resourceRequest({ resource, properties, provider }: JudgedResource, internal: boolean): AnalyzeRequest {
  const request = new AnalyzeRequest();
  request.setType(resource.type);
  request.setUrn(resource.urn);
  request.setName(resource.name);
  request.setProperties(toStruct(toPolicyProperties(properties, internal)));
  request.setOptions(optionsOf(resource));
  request.setProvider(providerOf(provider));
  return request;
}

/**
 * Shows a pack the whole stack. Protobuf's lists are the lists of messages behind each other: one resource at a time need
 * be there as a message, which is many times its bytes.
 */
export function stackResourcesRequest(resources: JudgedResource[]): Buffer {
  return Buffer.concat(
    resources.map((resource) => {
      const part = new AnalyzeStackRequest();
      part.setResourcesList([stackResource(resource)]);
      return part.serializeBinary();
    }),
  );
}

function stackResource({ resource, properties, provider }: JudgedResource): AnalyzerResource {
  const message = new AnalyzerResource();
  message.setType(resource.type);
  message.setUrn(resource.urn);
  message.setName(resource.name);
  message.setProperties(toStruct(toPolicyProperties(properties, false)));
  message.setOptions(optionsOf(resource));
  message.setProvider(providerOf(provider));
  message.setParent(resource.parent ?? "");
  message.setDependenciesList(resource.dependencies);
  for (const [key, urns] of Object.entries(resource.propertyDependencies))
    if (urns.length > 0) message.getPropertydependenciesMap().set(key, dependenciesOf(urns));
  return message;
}

function dependenciesOf(urns: string[]): AnalyzerPropertyDependencies {
  const message = new AnalyzerPropertyDependencies();
  message.setUrnsList(urns);
  return message;
}

/** Aliases are left out: the engine names the one under which it found the resource in the state, and here is none. */
function optionsOf({ protect, parent, options }: GraphResource): AnalyzerResourceOptions {
  const message = new AnalyzerResourceOptions();
  message.setProtect(protect);
  message.setIgnorechangesList(options.ignoreChanges ?? []);
  message.setDeletebeforereplace(options.deleteBeforeReplace ?? false);
  message.setDeletebeforereplacedefined(options.deleteBeforeReplace !== undefined);
  message.setAdditionalsecretoutputsList(options.additionalSecretOutputs ?? []);
  message.setCustomtimeouts(timeoutsOf(options.customTimeouts ?? {}));
  message.setParent(parent ?? "");
  return message;
}

function timeoutsOf(timeouts: Record<string, string>): AnalyzerResourceOptions.CustomTimeouts {
  const message = new AnalyzerResourceOptions.CustomTimeouts();
  message.setCreate(secondsOf(timeouts.create));
  message.setUpdate(secondsOf(timeouts.update));
  message.setDelete(secondsOf(timeouts.delete));
  message.setRead(secondsOf(timeouts.read));
  return message;
}

/** Units of Go's durations, in which programs give timeouts. https://pkg.go.dev/time#ParseDuration */
const SECONDS: Record<string, number> = { ns: 1e-9, us: 1e-6, µs: 1e-6, μs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

function secondsOf(duration = ""): number {
  const parts = [...duration.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * SECONDS[unit], 0);
}

function providerOf(provider: JudgedProvider | undefined): AnalyzerProviderResource | undefined {
  if (!provider) return undefined;
  const message = new AnalyzerProviderResource();
  message.setType(provider.type);
  message.setUrn(provider.urn);
  message.setName(provider.name);
  message.setProperties(toStruct(toPolicyProperties(provider.inputs, false)));
  return message;
}
