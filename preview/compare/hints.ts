import { type GraphResource } from "../graph";
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
  for (const one of [...left.gone]) {
    const twin = left.gone.size * left.fresh.size > MOST_PAIRS ? undefined : nearest(one, [...left.fresh]);
    if (twin) take({ gone: one, fresh: twin });
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
  return Object.keys(inputs).length === 0 ? undefined : `${type} ${canonical(inputs)}`;
}

function nearest(gone: GraphResource, fresh: GraphResource[]): GraphResource | undefined {
  // Who gets a grant is what it is: another member is another grant.
  const others = isGrant(gone.type) ? [] : fresh.filter(({ type }) => type === gone.type);
  const weighed = others.map((one) => ({ one, weight: likeness(gone, one) }));
  const best = weighed.reduce((a, b) => (b.weight > (a?.weight ?? 0) ? b : a), weighed.at(0));
  return best && best.weight >= MUCH ? best.one : undefined;
}

function likeness(a: GraphResource, b: GraphResource): number {
  const keys = [...new Set([...Object.keys(a.inputs), ...Object.keys(b.inputs)])];
  const has = (resource: GraphResource, key: string) => Object.hasOwn(resource.inputs, key);
  const equal = keys.filter(
    (key) => has(a, key) && has(b, key) && canonical(a.inputs[key]) === canonical(b.inputs[key]),
  );
  return equal.length < 2 ? 0 : equal.length / keys.length;
}
