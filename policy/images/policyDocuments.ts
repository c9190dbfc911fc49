import { type PolicyResource } from "../rule";
import { at, type Inputs, UNKNOWN, type Value } from "../value";

/** Type of objects in buckets, among them the documents that say how families age. */
export const BUCKET_OBJECT = "gcp:storage/bucketObject:BucketObject";

/** Family whose policy an object is, by its name `families/FAMILY.json`; undefined where it is another object. */
export function familyOfObject({ inputs }: Pick<PolicyResource, "inputs">): string | typeof UNKNOWN | undefined {
  const { name } = inputs;
  if (name === UNKNOWN) return UNKNOWN;
  return typeof name === "string" ? /^families\/([^/]+)\.json$/.exec(name)?.[1] : undefined;
}

/**
 * The document in an object, which is given as an asset or as text; undefined where it is no JSON. What an asset takes
 * from a file or an address is not known: rules read neither.
 */
export function documentOf({ source, content }: Inputs): Inputs | typeof UNKNOWN | undefined {
  const text: Value = source === undefined || source === null ? content : (at(source, "text") ?? UNKNOWN);
  if (text === UNKNOWN) return UNKNOWN;
  if (typeof text !== "string") return undefined;
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === "object" && document !== null ? (document as Inputs) : undefined;
  } catch {
    return undefined;
  }
}
