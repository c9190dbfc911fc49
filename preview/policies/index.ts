import { PolicyPacks, type PolicyPacksOptions } from "./packs";
import { type PackPaths, readPacks } from "./readPacks";

export { type PackPaths } from "./readPacks";

/** Makes the packs that judge a run. */
export type MakePacks = (options: Omit<PolicyPacksOptions, "packs">) => PolicyPacks;

/** Reads what describes policy packs, or says everything that is wrong with all of them. */
export function policyPacks(paths: readonly PackPaths[]): MakePacks {
  const packs = readPacks(paths);
  return (options) => new PolicyPacks({ ...options, packs });
}
