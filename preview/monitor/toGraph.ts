import { type GraphValue, plainObject, SECRET, UNKNOWN } from "../graphValue";
import { type SecretTexts } from "./secrets";
import { asObject, SIGNATURE, signatureOf, Special, UNKNOWN_TEXT, type Wire, type WireObject } from "./wire";

/** Properties as the graph shows them: secrets replaced and remembered, unknowns marked. */
export function toGraphObject(object: WireObject, secrets: SecretTexts): Record<string, GraphValue> {
  const shown = Object.entries(object)
    .filter(([key]) => !key.startsWith("__"))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]): [string, GraphValue] => [key, toGraphValue(value, secrets)]);
  return plainObject(shown);
}

/** One value as the graph shows it. */
export function toGraphValue(value: Wire, secrets: SecretTexts): GraphValue {
  if (value === UNKNOWN_TEXT) return UNKNOWN;
  if (Array.isArray(value)) return value.map((member) => toGraphValue(member, secrets));
  const object = asObject(value);
  if (!object) return value;
  switch (signatureOf(object)) {
    case Special.Secret:
      secrets.add(object.value);
      return SECRET;
    case Special.Output:
      return outputToGraph(object, secrets);
    case Special.Asset:
      return { $asset: withoutSignature(object, secrets) };
    case Special.Archive:
      return { $archive: withoutSignature(object, secrets) };
    case Special.Resource:
      return { $resource: typeof object.urn === "string" ? object.urn : "" };
    case undefined:
    default:
      return toGraphObject(object, secrets);
  }
}

function outputToGraph(output: WireObject, secrets: SecretTexts): GraphValue {
  if (output.secret === true) {
    secrets.add(output.value ?? null);
    return SECRET;
  }
  return "value" in output ? toGraphValue(output.value, secrets) : UNKNOWN;
}

function withoutSignature(object: WireObject, secrets: SecretTexts): Record<string, GraphValue> {
  return toGraphObject(Object.fromEntries(Object.entries(object).filter(([key]) => key !== SIGNATURE)), secrets);
}
