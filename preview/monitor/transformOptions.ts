import { RegisterResourceRequest, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import { type Goal, type GoalOptions, hooksOf, mapOf, timeoutsOf, withoutEmpty } from "./goal";
import { Value } from "./protobuf";
import { fromValue } from "./wire";

/** The options of a goal as a transform gets them. */
export function toTransformOptions(goal: Goal): TransformResourceOptions {
  const { options } = goal;
  const message = new TransformResourceOptions();
  message.setDependsOnList(goal.dependencies);
  message.setAliasesList(goal.aliases);
  message.setProvider(goal.provider);
  message.setIgnoreChangesList(options.ignoreChanges ?? []);
  message.setReplaceOnChangesList(options.replaceOnChanges ?? []);
  message.setReplaceWithList(options.replaceWith ?? []);
  message.setHideDiffList(options.hideDiffs ?? []);
  message.setAdditionalSecretOutputsList(options.additionalSecretOutputs ?? []);
  message.setVersion(options.version ?? "");
  message.setPluginDownloadUrl(options.pluginDownloadURL ?? "");
  message.setDeletedWith(options.deletedWith ?? "");
  message.setImport(options.import ?? "");
  for (const [name, provider] of Object.entries(options.providers ?? {})) message.getProvidersMap().set(name, provider);
  setOptional(message, goal);
  return message;
}

function setOptional(message: TransformResourceOptions, { protect, options }: Goal): void {
  if (protect !== undefined) message.setProtect(protect);
  if (options.retainOnDelete !== undefined) message.setRetainOnDelete(options.retainOnDelete);
  if (options.deleteBeforeReplace !== undefined) message.setDeleteBeforeReplace(options.deleteBeforeReplace);
  if (options.replacementTrigger !== undefined)
    message.setReplacementTrigger(Value.fromJavaScript(options.replacementTrigger));
  if (options.customTimeouts) message.setCustomTimeouts(toTimeouts(options.customTimeouts));
  if (options.hooks) message.setHooks(toHooks(options.hooks));
}

function toTimeouts(timeouts: Record<string, string>): RegisterResourceRequest.CustomTimeouts {
  const message = new RegisterResourceRequest.CustomTimeouts();
  message.setCreate(timeouts.create ?? "");
  message.setUpdate(timeouts.update ?? "");
  message.setDelete(timeouts.delete ?? "");
  message.setRead(timeouts.read ?? "");
  return message;
}

function toHooks(hooks: Record<string, string[]>): RegisterResourceRequest.ResourceHooksBinding {
  const message = new RegisterResourceRequest.ResourceHooksBinding();
  message.setBeforeCreateList(hooks.beforeCreate ?? []);
  message.setAfterCreateList(hooks.afterCreate ?? []);
  message.setBeforeUpdateList(hooks.beforeUpdate ?? []);
  message.setAfterUpdateList(hooks.afterUpdate ?? []);
  message.setBeforeDeleteList(hooks.beforeDelete ?? []);
  message.setAfterDeleteList(hooks.afterDelete ?? []);
  message.setOnErrorList(hooks.onError ?? []);
  return message;
}

/** A goal with the options that a transform answered. */
export function withTransformOptions(goal: Goal, message: TransformResourceOptions): Goal {
  return {
    ...goal,
    dependencies: message.getDependsOnList(),
    aliases: message.getAliasesList(),
    provider: message.getProvider(),
    protect: message.hasProtect() ? message.getProtect() : undefined,
    options: withoutEmpty(fromTransformOptions(message)),
  };
}

function fromTransformOptions(message: TransformResourceOptions): GoalOptions {
  const trigger = message.getReplacementTrigger();
  return {
    additionalSecretOutputs: message.getAdditionalSecretOutputsList(),
    customTimeouts: timeoutsOf(message.getCustomTimeouts()),
    deleteBeforeReplace: message.hasDeleteBeforeReplace() ? message.getDeleteBeforeReplace() : undefined,
    deletedWith: message.getDeletedWith(),
    hideDiffs: message.getHideDiffList(),
    hooks: hooksOf(message.getHooks()),
    ignoreChanges: message.getIgnoreChangesList(),
    import: message.getImport(),
    pluginDownloadURL: message.getPluginDownloadUrl(),
    providers: mapOf(message.getProvidersMap()),
    replaceOnChanges: message.getReplaceOnChangesList(),
    replaceWith: message.getReplaceWithList(),
    replacementTrigger: trigger && fromValue(trigger),
    retainOnDelete: message.hasRetainOnDelete() ? message.getRetainOnDelete() : undefined,
    version: message.getVersion(),
  };
}
