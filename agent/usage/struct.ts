/** A value of `google.protobuf.Struct` as the client gives it. https://protobuf.dev/reference/protobuf/google.protobuf/#value */
interface StructValue {
  fields?: Record<string, StructValue>;
  stringValue?: string;
  numberValue?: number;
  boolValue?: boolean;
  structValue?: StructValue;
  listValue?: { values?: StructValue[] };
}

/** The JSON that a struct stands for; of the kinds of values, those not given are absent or empty. */
export function plainOf({ fields = {} }: StructValue): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, plainValue(value)]));
}

function plainValue(value: StructValue): unknown {
  if (value.structValue) return plainOf(value.structValue);
  if (value.listValue) return (value.listValue.values ?? []).map(plainValue);
  return value.stringValue ?? value.numberValue ?? value.boolValue ?? null;
}
