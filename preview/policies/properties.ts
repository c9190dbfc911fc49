import { asObject, secretOf, signatureOf, Special, UNKNOWN_TEXT, type Wire, type WireObject } from "../monitor/wire";

/**
 * Properties as the engine hands them to policies: secrets in their envelope, unknown values as the text that stands for
 * them, references as ids or URNs.
 *
 * @param internal whether keys that begin with two underscores stay: remediations see them.
 */
export function toPolicyProperties(object: WireObject, internal: boolean): WireObject {
  const entries = Object.entries(object).filter(([key]) => internal || !key.startsWith("__"));
  return Object.fromEntries(entries.map(([key, value]) => [key, toPolicyValue(value, internal)]));
}

function toPolicyValue(value: Wire, internal: boolean): Wire {
  if (Array.isArray(value)) return value.map((member) => toPolicyValue(member, internal));
  const object = asObject(value);
  if (!object) return value;
  switch (signatureOf(object)) {
    case Special.Output:
      return fromOutput(object, internal);
    case Special.Resource:
      return fromReference(object);
    case undefined:
    default:
      return toPolicyProperties(object, internal);
  }
}

function fromOutput(output: WireObject, internal: boolean): Wire {
  const value = "value" in output ? toPolicyValue(output.value, internal) : UNKNOWN_TEXT;
  return output.secret === true ? secretOf(value) : value;
}

/** A component has no id; that of a resource which is still to be created is empty. */
function fromReference({ id, urn }: WireObject): Wire {
  if (id === undefined || id === null) return urn ?? "";
  return id === "" ? UNKNOWN_TEXT : id;
}

/** Whether a key within begins with two underscores. */
export function hasInternalKeys(value: Wire): boolean {
  if (Array.isArray(value)) return value.some(hasInternalKeys);
  const object = asObject(value);
  return Object.entries(object ?? {}).some(([key, member]) => key.startsWith("__") || hasInternalKeys(member));
}
