import { isObject } from "../documents/fields";
import { Certainty, Purpose } from "../scan/imageUse";
import { Party } from "../scan/parties";
import { type ImageScanDocument } from "../scan/report";
import { oneOf, type Rule, shown, text, wholeBetween } from "../rules";

/** Either it is right, or it says what is wrong. */
export type Read<T> = { value: T; problem?: undefined } | { value?: undefined; problem: string };

/** What a plan needs of a scan. */
type Scan = Pick<ImageScanDocument, "places" | "running">;

const PLACE: Record<string, Rule<never>> = {
  file: text,
  reference: text,
  party: oneOf(Object.values(Party)),
  purpose: oneOf(Object.values(Purpose)),
  certainty: oneOf(Object.values(Certainty)),
  open: (value) => (Array.isArray(value) ? undefined : `must be a list, got ${shown(value)}`),
};

const RUNNING: Record<string, Rule<never>> = {
  reference: text,
  party: oneOf(Object.values(Party)),
  pods: wholeBetween(0, Number.MAX_SAFE_INTEGER, "pods"),
};

/** Reads what `kiln containers scan --format json` prints. */
export function readScan(value: unknown): Read<Scan> {
  if (!isObject(value) || value.kind !== "ImageScan")
    return { problem: "must be what kiln containers scan --format json prints, of the kind ImageScan" };
  const problem = problemOfList(value.places, "places", PLACE) ?? problemOfList(value.running, "running", RUNNING);
  return problem === undefined ? { value: value as unknown as Scan } : { problem };
}

function problemOfList(list: unknown, name: string, rules: Record<string, Rule<never>>): string | undefined {
  if (!Array.isArray(list)) return `${name} must be a list, got ${shown(list)}`;
  for (const [index, item] of list.entries()) {
    if (!isObject(item)) return `${name}.${index} must be an object, got ${shown(item)}`;
    for (const [field, rule] of Object.entries(rules)) {
      const problem = rule(item[field] as never);
      if (problem !== undefined) return `${name}.${index}.${field} ${problem}`;
    }
  }
  return undefined;
}
