import { type GraphResource } from "../graph";
import { type DefaultProvider, packageConfig } from "../monitor/providers";
import { type WireObject } from "../monitor/wire";
import { type StackConfig } from "../project/config";

/** A default provider as the engine shows it to policies. */
export function providerResource({ urn, type, name }: DefaultProvider): GraphResource {
  return {
    ...{ urn, type, name, custom: true, inputs: {}, protect: false },
    ...{ aliases: [], dependencies: [], propertyDependencies: {}, options: {} },
  };
}

/** Inputs of a default provider: the stack's configuration of its package, and what the engine notes for itself. */
export function defaultProviderInputs(provider: DefaultProvider, config: StackConfig): WireObject {
  return withEngineNotes(packageConfig(provider.package, config), provider);
}

/** Inputs of a provider with its version, and where its plugin is downloaded from. */
export function withEngineNotes(
  inputs: WireObject,
  { version = "", pluginDownloadURL: url = "" }: { version?: string; pluginDownloadURL?: string },
): WireObject {
  if (version === "" && url === "") return inputs;
  const internal: WireObject = url === "" ? {} : { pluginDownloadURL: url };
  return { ...inputs, __internal: internal, ...(version === "" ? {} : { version: version.replace(/^v/, "") }) };
}
