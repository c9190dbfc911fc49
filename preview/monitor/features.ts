/** What the engine of the recordings answers with yes (Pulumi 3.260). */
const SUPPORTED = new Set([
  "secrets",
  "resourceReferences",
  "outputValues",
  "aliasSpecs",
  "deletedWith",
  "transforms",
  "invokeTransforms",
  "parameterization",
  "resourceHooks",
  "errorHooks",
  "replaceWith",
]);

/** Whether programs may use a feature: not those that a newer SDK asks for and this monitor has never heard of. */
export function supportsFeature(id: string): boolean {
  return SUPPORTED.has(id);
}
