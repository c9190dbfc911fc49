import { settleArchive, settleAsset } from "./assets";
import { asObject, secretOf, signatureOf, Special, UNKNOWN_TEXT, type Wire, type WireObject } from "./wire";

/**
 * What the engine makes of inputs before a provider sees them: output values become what they hold, assets get their
 * hash.
 *
 * @param directory folder that relative paths of assets start from.
 */
export async function settleObject(object: WireObject, directory: string): Promise<WireObject> {
  const entries = await Promise.all(
    Object.entries(object).map(async ([key, value]) => [key, await settle(value, directory)] as const),
  );
  return Object.fromEntries(entries);
}

async function settle(value: Wire, directory: string): Promise<Wire> {
  if (Array.isArray(value)) return Promise.all(value.map((member) => settle(member, directory)));
  const object = asObject(value);
  if (!object) return value;
  switch (signatureOf(object)) {
    case Special.Output:
      return settleOutput(object, directory);
    case Special.Asset:
      return settleAsset(object, directory);
    case Special.Archive:
      return settleArchive(object, directory);
    case undefined:
    default:
      return settleObject(object, directory);
  }
}

async function settleOutput(output: WireObject, directory: string): Promise<Wire> {
  const value = "value" in output ? await settle(output.value, directory) : UNKNOWN_TEXT;
  return output.secret === true ? secretOf(value) : value;
}

/** URNs that output values within an input name. */
export function outputDependencies(value: Wire): string[] {
  if (Array.isArray(value)) return value.flatMap(outputDependencies);
  const object = asObject(value);
  if (!object) return [];
  const own =
    signatureOf(object) === Special.Output && Array.isArray(object.dependencies) ? object.dependencies.map(String) : [];
  return [...own, ...Object.values(object).flatMap(outputDependencies)];
}
