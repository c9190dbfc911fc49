import { createUrn, type Target } from "./urn";

/** A package that a program registered (`pulumi package add`). */
export interface RegisteredPackage {
  name: string;
  version: string;
  pluginDownloadURL: string;
}

/** What decides which default provider manages a resource. */
export interface ProviderRequest {
  type: string;
  version: string;
  pluginDownloadURL: string;
  registered?: RegisteredPackage;
}

/** URN of the default provider, named as the engine names it: `default_9_37_0`. */
export function defaultProviderUrn(target: Target, request: ProviderRequest): string | undefined {
  const name = request.registered?.name ?? request.type.split(":")[0];
  // The engine's own types (stack references, providers) have no provider resource.
  if (name === "pulumi") return undefined;
  const version = request.registered?.version ?? request.version;
  const url = request.registered?.pluginDownloadURL ?? request.pluginDownloadURL;
  const label = ["default", version.replace(/^v/, ""), url].filter((part) => part !== "").join("_");
  return createUrn(target, undefined, `pulumi:providers:${name}`, label.replace(/[^A-Za-z0-9_]/g, "_"));
}

/** Whether the type is that of a provider. */
export function isProviderType(type: string): boolean {
  return type.startsWith("pulumi:providers:");
}
