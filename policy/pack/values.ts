import { asset } from "@pulumi/pulumi";
import { type Inputs, UNKNOWN, type Value } from "../value";

/** Text that Pulumi's engine sends for nearly every value which a preview cannot know. */
export const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * Texts that stand for values which a preview cannot know, by their type: string, boolean, number, array, asset,
 * archive, object. https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go
 */
const UNKNOWN_TEXTS: ReadonlySet<unknown> = new Set([
  UNKNOWN_TEXT,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Under this name Pulumi's proxy hands out what it guards; reading that throws nothing, which is ten times faster. */
const TARGET = "__getSpecialProxyTarget";

/** What Pulumi hands to a policy as plain values: unknown ones as {@link UNKNOWN}, an asset as `{ text }`, `{ path }` or `{ uri }`. */
export async function plainInputs(props: Record<string, unknown>): Promise<Inputs> {
  const waiting: Promise<void>[] = [];
  const target = (props[TARGET] ?? props) as typeof props;
  const inputs = plainObject(target, waiting);
  // What an asset holds may itself hold assets.
  for (let next = waiting.pop(); next; next = waiting.pop()) await next;
  return inputs;
}

function plain(value: unknown, waiting: Promise<void>[]): Value {
  if (UNKNOWN_TEXTS.has(value)) return UNKNOWN;
  if (typeof value !== "object" || value === null) return value as Value;
  if (Array.isArray(value)) return value.map((_, place) => plain(part(value, place), waiting));
  if (asset.Asset.isInstance(value) || asset.Archive.isInstance(value)) return plainAsset(value, waiting);
  return plainObject(value, waiting);
}

function plainObject(object: object, waiting: Promise<void>[]): Inputs {
  // fromEntries defines every key as the object's own, so that a key named __proto__ is only a key.
  return Object.fromEntries(Object.keys(object).map((key) => [key, plain(part(object, key), waiting)]));
}

/** An asset's parts are promises. */
function plainAsset(one: asset.Asset | asset.Archive, waiting: Promise<void>[]): Inputs {
  const inputs: Inputs = {};
  for (const name of ["text", "path", "uri", "assets"]) {
    const content: unknown = part(one, name);
    if (content === undefined) continue;
    const settle = (settled: unknown) => void (inputs[name] = plain(settled, waiting));
    waiting.push(Promise.resolve(content).then(settle));
  }
  return inputs;
}

/** Where the proxy is in the way, it throws for what is unknown. */
function part(holder: object, key: string | number): unknown {
  try {
    return (holder as Record<string | number, unknown>)[key];
  } catch {
    return UNKNOWN;
  }
}
