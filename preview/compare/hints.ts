import { createHash } from "node:crypto";
import { type GraphResource } from "../graph";
import { type GraphValue } from "../graphValue";
import { canonical, objectChanges } from "./inputChanges";
import { replaces } from "./replacement";

/** More pairs than this are not weighed one by one. */
const MOST_PAIRS = 20_000;

/** Part of the inputs that must be equal for two resources to look like one. */
const MUCH = 0.75;

/** A resource that goes, and one that comes, that may well be one and the same. */
export interface Lookalike {
  gone: GraphResource;
  fresh: GraphResource;
}

/**
 * Resources that Pulumi would delete and create although the program, by the looks of it, only moved or renamed them:
 * those of one type with the same name under another parent, or with the same inputs, or nearly so.
 */
export function lookalikes(gone: GraphResource[], fresh: GraphResource[]): Lookalike[] {
  const left = { gone: new Set(gone), fresh: new Set(fresh) };
  const found: Lookalike[] = [];
  const take = (pair: Lookalike) => {
    left.gone.delete(pair.gone);
    left.fresh.delete(pair.fresh);
    found.push(pair);
  };
  sameKey(left, ({ type, name }) => JSON.stringify([type, name])).forEach(take);
  sameKey(left, sameInputs).forEach(take);
  if (left.gone.size * left.fresh.size > MOST_PAIRS) return found;
  const others = new Set([...left.fresh].map(weighed));
  for (const one of left.gone) {
    const twin = nearest(weighed(one), [...others]);
    if (!twin) continue;
    others.delete(twin);
    found.push({ gone: one, fresh: twin.resource });
  }
  return found;
}

/** What to write so that the resource is kept. */
export function aliasHint({ gone, fresh }: Lookalike): string {
  const alias = `aliases: [${JSON.stringify(gone.urn)}]`;
  const forced = objectChanges(gone.inputs, fresh.inputs).find((change) => replaces(fresh, change) === "yes");
  if (forced) return `${likenessOf(gone, fresh)}, but ${forced.path} differs too, which replaces it, alias or not`;
  if (isGrant(fresh.type))
    return `the same grant under another name: Pulumi gives it once more, then takes it away; keep it with ${alias}`;
  return `${likenessOf(gone, fresh)}: renamed without an alias, it is deleted and made anew; keep it with ${alias}`;
}

function likenessOf(gone: GraphResource, fresh: GraphResource): string {
  return gone.name === fresh.name ? "the same name under another parent" : `looks like ${gone.name} before the change`;
}

function isGrant(type: string): boolean {
  return /I(AM|am)(Member|Binding|Policy)$/.test(type);
}

function sameKey(
  { gone, fresh }: { gone: Set<GraphResource>; fresh: Set<GraphResource> },
  keyOf: (resource: GraphResource) => string | undefined,
): Lookalike[] {
  const byKey = new Map<string, GraphResource[]>();
  for (const one of gone) {
    const key = keyOf(one);
    const same = key === undefined ? undefined : byKey.get(key);
    if (same) same.push(one);
    else if (key !== undefined) byKey.set(key, [one]);
  }
  return [...fresh].flatMap((one) => {
    const twin = byKey.get(keyOf(one) ?? "")?.shift();
    return twin ? [{ gone: twin, fresh: one }] : [];
  });
}

/** Resources without inputs are all alike: that says nothing. */
function sameInputs({ type, inputs }: GraphResource): string | undefined {
  return Object.keys(inputs).length === 0 ? undefined : `${type} ${fingerprint(inputs)}`;
}

/** Inputs may be megabytes, and each is weighed against many. */
function fingerprint(value: GraphValue): string {
  return createHash("sha256").update(canonical(value)).digest("base64");
}

/** The most alike of the same type; the first of those that are equally so. */
function nearest(gone: Weighed, fresh: Weighed[]): Weighed | undefined {
  // Who gets a grant is what it is: another member is another grant.
  if (isGrant(gone.resource.type)) return undefined;
  const others = fresh.filter(({ resource }) => resource.type === gone.resource.type);
  const best = others.map((one) => ({ one, likeness: likeness(gone, one) })).sort((a, b) => b.likeness - a.likeness)[0];
  return best?.likeness >= MUCH ? best.one : undefined;
}

/** A resource with the fingerprints of its inputs. */
interface Weighed {
  resource: GraphResource;
  inputs: ReadonlyMap<string, string>;
}

function weighed(resource: GraphResource): Weighed {
  const inputs = new Map(Object.entries(resource.inputs).map(([key, value]) => [key, fingerprint(value)]));
  return { resource, inputs };
}

function likeness(a: Weighed, b: Weighed): number {
  const equal = [...a.inputs].filter(([key, value]) => b.inputs.get(key) === value).length;
  const keys = new Set([...a.inputs.keys(), ...b.inputs.keys()]).size;
  return equal < 2 ? 0 : equal / keys;
}
