import { type SecretTexts } from "../monitor/secrets";
import { asObject, secretOf, signatureOf, Special, type Wire, type WireObject } from "../monitor/wire";

/**
 * Inputs as a pack gives them back, with what is secret marked again: policies get plain values. Secret is what was so
 * before, and every text that holds one of the program's secrets.
 */
export function withSecrets(given: WireObject, before: WireObject, secrets: SecretTexts): WireObject {
  const entries = Object.entries(given).map(([key, value]) => {
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    return [key, marked(value, old, secrets)] as const;
  });
  return Object.fromEntries(entries);
}

function marked(value: Wire, before: Wire | undefined, secrets: SecretTexts): Wire {
  if (isSecret(value)) return value;
  if (before !== undefined && isSecret(before)) return secretOf(value);
  if (Array.isArray(value)) {
    const old = Array.isArray(before) ? before : [];
    return value.map((member, at) => marked(member, old[at], secrets));
  }
  const object = asObject(value);
  if (!object) return secrets.isIn(value) ? secretOf(value) : value;
  const isWhole = signatureOf(object) !== undefined || Object.keys(object).some((key) => secrets.isIn(key));
  if (isWhole) return secrets.isIn(object) ? secretOf(object) : object;
  return withSecrets(object, asObject(before) ?? {}, secrets);
}

function isSecret(value: Wire): boolean {
  return signatureOf(value) === Special.Secret;
}
