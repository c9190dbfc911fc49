import { type Alias } from "@pulumi/pulumi/proto/alias_pb";
import { type RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { type GraphOptions } from "../graph";
import { fromStruct, fromValue, type Wire, type WireObject } from "./wire";

/** What a program wants a resource to be: the request, before and after transforms. */
export interface Goal {
  type: string;
  name: string;
  custom: boolean;
  remote: boolean;
  parent?: string;
  /** Reference with id; empty for the default provider. */
  provider: string;
  packageRef: string;
  inputs: WireObject;
  protect?: boolean;
  aliases: Alias[];
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  /** Everything else, under the SDK's names. */
  options: GoalOptions;
}

/** Options as the graph shows them, besides the trigger, which may hold secrets and unknowns. */
export type GoalOptions = Omit<GraphOptions, "replacementTrigger"> & { replacementTrigger?: Wire };

/** Reads the request. */
export function goalOf(request: RegisterResourceRequest): Goal {
  const propertyDependencies: Record<string, string[]> = {};
  request.getPropertydependenciesMap().forEach((urns, key) => (propertyDependencies[key] = urns.getUrnsList()));
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    remote: request.getRemote(),
    parent: request.getParent() || undefined,
    provider: request.getProvider(),
    packageRef: request.getPackageref(),
    inputs: fromStruct(request.getObject()),
    protect: request.hasProtect() ? request.getProtect() : undefined,
    aliases: request.getAliasesList(),
    dependencies: request.getDependenciesList(),
    propertyDependencies,
    options: withoutEmpty(optionsOf(request)),
  };
}

function optionsOf(request: RegisterResourceRequest): GoalOptions {
  const trigger = request.getReplacementTrigger();
  return {
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    customTimeouts: timeoutsOf(request.getCustomtimeouts()),
    deleteBeforeReplace: request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : undefined,
    deletedWith: request.getDeletedwith(),
    hideDiffs: request.getHidediffsList(),
    hooks: hooksOf(request.getHooks()),
    ignoreChanges: request.getIgnorechangesList(),
    import: request.getImportid(),
    pluginDownloadURL: request.getPlugindownloadurl(),
    providers: mapOf(request.getProvidersMap()),
    replaceOnChanges: request.getReplaceonchangesList(),
    replaceWith: request.getReplaceWithList(),
    replacementTrigger: trigger && fromValue(trigger),
    retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
    version: request.getVersion(),
  };
}

/** Durations by operation. */
export function timeoutsOf(timeouts: RegisterResourceRequest.CustomTimeouts | undefined): Record<string, string> {
  return withoutEmpty({
    create: timeouts?.getCreate() ?? "",
    update: timeouts?.getUpdate() ?? "",
    delete: timeouts?.getDelete() ?? "",
    read: timeouts?.getRead() ?? "",
  });
}

/** Names of hooks by their time. */
export function hooksOf(hooks: RegisterResourceRequest.ResourceHooksBinding | undefined): Record<string, string[]> {
  if (!hooks) return {};
  return withoutEmpty({
    beforeCreate: hooks.getBeforeCreateList(),
    afterCreate: hooks.getAfterCreateList(),
    beforeUpdate: hooks.getBeforeUpdateList(),
    afterUpdate: hooks.getAfterUpdateList(),
    beforeDelete: hooks.getBeforeDeleteList(),
    afterDelete: hooks.getAfterDeleteList(),
    onError: hooks.getOnErrorList(),
  });
}

/** Entries of a message's map. */
export function mapOf(map: { forEach(callback: (value: string, key: string) => void): void }): Record<string, string> {
  const entries: [string, string][] = [];
  map.forEach((value, key) => entries.push([key, value]));
  return Object.fromEntries(entries);
}

/** Protobuf says "not set" as empty text, list or map. */
export function withoutEmpty<T extends object>(options: T): T {
  const entries = Object.entries(options).filter(([, value]: [string, unknown]) => {
    if (value === undefined || value === "") return false;
    return typeof value !== "object" || value === null || Object.keys(value).length > 0;
  });
  return Object.fromEntries(entries) as T;
}
