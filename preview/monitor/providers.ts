import { type StackConfig } from "../project/config";
import { createUrn, type Target } from "./urn";
import { secretOf, type WireObject } from "./wire";

/** URN of a provider that Pulumi makes by itself, by the version of its package. */
export const DEFAULT_PROVIDER = /::pulumi:providers:([^:]+)::default(?:_\d[^:]*)?$/;

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

/** A provider that a program does not declare itself. */
export interface DefaultProvider {
  urn: string;
  type: string;
  name: string;
  /** Name of the package. */
  package: string;
  /** Empty where none was asked for. */
  version: string;
  /** Empty where none was asked for. */
  pluginDownloadURL: string;
}

/** The default provider, named as the engine names it: `default_9_37_0`. */
export function defaultProvider(target: Target, request: ProviderRequest): DefaultProvider {
  const name = request.registered?.name ?? request.type.split(":")[0];
  const version = request.registered?.version ?? request.version;
  const url = request.registered?.pluginDownloadURL ?? request.pluginDownloadURL;
  const label = ["default", version.replace(/^v/, ""), url].filter((part) => part !== "").join("_");
  const type = `pulumi:providers:${name}`;
  const own = { type, name: label.replace(/[^A-Za-z0-9_]/g, "_") };
  const urn = createUrn(target, undefined, own.type, own.name);
  return { ...own, urn, package: name, version, pluginDownloadURL: url };
}

/** The stack's configuration of a package, which its default provider takes. */
export function packageConfig(name: string, { values, secretKeys }: StackConfig): WireObject {
  const prefix = `${name}:`;
  const keys = Object.keys(values).filter((key) => key.startsWith(prefix));
  const secrets = new Set(secretKeys);
  return Object.fromEntries(
    keys.map((key) => [key.slice(prefix.length), secrets.has(key) ? secretOf(values[key]) : values[key]]),
  );
}

/** Whether the type is that of a provider. */
export function isProviderType(type: string): boolean {
  return type.startsWith("pulumi:providers:");
}
