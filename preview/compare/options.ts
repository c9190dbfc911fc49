import { type GraphResource } from "../graph";
import { DEFAULT_PROVIDER } from "../monitor/providers";
import { type GraphValue, markerOf, SECRET } from "../graphValue";
import { canonical } from "./inputChanges";
import { type InputChange } from "./comparison";

/**
 * Options that matter in the cloud and differ.
 *
 * @param renamed new URNs by those of the base.
 */
export function optionChanges(
  before: GraphResource,
  after: GraphResource,
  renamed: ReadonlyMap<string, string>,
): InputChange[] {
  const [old, now] = [optionsOf(before, renamed), optionsOf(after, new Map())];
  return Object.keys(now)
    .filter((path) => differ(old[path], now[path]))
    .map((path) => ({
      path,
      ...(old[path] === undefined ? {} : { before: old[path] }),
      ...(now[path] === undefined ? {} : { after: now[path] }),
      replaces: path === "replacementTrigger" && [old[path], now[path]].every(isKnown),
    }));
}

function optionsOf(
  { protect, provider, options }: GraphResource,
  renamed: ReadonlyMap<string, string>,
): Record<string, GraphValue | undefined> {
  const current = (urn: string | undefined) => urn && (renamed.get(urn) ?? urn);
  return {
    deletedWith: current(options.deletedWith),
    protect,
    provider: withoutVersion(current(provider)),
    replacementTrigger: options.replacementTrigger,
    retainOnDelete: options.retainOnDelete ?? false,
  };
}

/** URN of a provider; of a default one without the version of its package. */
export function withoutVersion(provider: string | undefined): string | undefined {
  return provider?.replace(DEFAULT_PROVIDER, "::pulumi:providers:$1::default");
}

function differ(before: GraphValue | undefined, after: GraphValue | undefined): boolean {
  if (before === undefined || after === undefined) return before !== after;
  return canonical(before) !== canonical(after);
}

/** A trigger that comes or goes replaces nothing: there is nothing to compare it with. */
function isKnown(value: GraphValue | undefined): boolean {
  return value !== undefined && value !== SECRET && markerOf(value) !== "unknown";
}
