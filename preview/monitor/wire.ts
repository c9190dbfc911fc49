import { Struct, type StructMessage, Value, type ValueMessage } from "./protobuf";

/** A property as it travels: JSON in which special values are objects with a signature. */
export type Wire = null | boolean | number | string | Wire[] | WireObject;
/** An object of properties. */
export interface WireObject {
  [key: string]: Wire;
}

/** Key of the signature. https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** Signatures of special values. */
export const Special = {
  Secret: "1b47061264138c4ac30d75fd1eb44270",
  Asset: "c44067f5952c0a294b673a41bacd8c17",
  Archive: "0def7320c3a5731c473e5ecbe6d01bc7",
  Resource: "5cf8f73096256a8f31e491e813e4eb8e",
  Output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
} as const;

/** Text that stands for a value which a preview cannot know. */
export const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Reads a message; a missing one is an empty object. */
export function fromStruct(struct: StructMessage | undefined): WireObject {
  if (!struct) return {};
  const entries: [string, Wire][] = [];
  // fromEntries defines keys as the object's own, so that a program's key named __proto__ is only a key.
  struct.getFieldsMap().forEach((value, key) => entries.push([key, fromValue(value)]));
  return Object.fromEntries(entries);
}

/** Reads one value. */
export function fromValue(value: ValueMessage): Wire {
  switch (value.getKindCase()) {
    case Value.KindCase.BOOL_VALUE:
      return value.getBoolValue();
    case Value.KindCase.NUMBER_VALUE:
      return value.getNumberValue();
    case Value.KindCase.STRING_VALUE:
      return value.getStringValue();
    case Value.KindCase.LIST_VALUE:
      return (value.getListValue()?.getValuesList() ?? []).map(fromValue);
    case Value.KindCase.STRUCT_VALUE:
      return fromStruct(value.getStructValue());
    case Value.KindCase.NULL_VALUE:
    case Value.KindCase.KIND_NOT_SET:
      return null;
  }
}

/** Makes a message. */
export function toStruct(object: WireObject): StructMessage {
  return Struct.fromJavaScript(object);
}

/** The value as an object, if it is one. */
export function asObject(value: Wire | undefined): WireObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
}

/** Signature of a special value. */
export function signatureOf(value: Wire): string | undefined {
  const signature = asObject(value)?.[SIGNATURE];
  return typeof signature === "string" ? signature : undefined;
}

/** Marks a value as a secret, once. */
export function secretOf(value: Wire): Wire {
  return signatureOf(value) === Special.Secret ? value : { [SIGNATURE]: Special.Secret, value };
}
