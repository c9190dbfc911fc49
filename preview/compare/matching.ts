import { compareText, type GraphResource } from "../graph";

/** A resource that is in both graphs. */
export interface Pair {
  before: GraphResource;
  after: GraphResource;
}

/** What became of the resources of two graphs. */
export interface Matches {
  pairs: Pair[];
  /** Only in the base. */
  gone: GraphResource[];
  /** Only in the change. */
  fresh: GraphResource[];
}

/** Matches resources by URN, and what is left by the URNs that the change lists as aliases, as Pulumi does. */
export function match(before: readonly GraphResource[], after: readonly GraphResource[]): Matches {
  const gone = new Map(sorted(before).map((resource) => [resource.urn, resource]));
  const pairs: Matches["pairs"] = [];
  const take = (resource: GraphResource, urn: string | undefined) => {
    const old = urn === undefined ? undefined : gone.get(urn);
    if (!old) return true;
    gone.delete(old.urn);
    pairs.push({ before: old, after: resource });
    return false;
  };
  const others = sorted(after).filter((resource) => take(resource, resource.urn));
  const fresh = others.filter((resource) =>
    take(
      resource,
      resource.aliases.find((urn) => gone.has(urn)),
    ),
  );
  return { pairs, gone: [...gone.values()], fresh };
}

function sorted(resources: readonly GraphResource[]): GraphResource[] {
  return [...resources].sort((a, b) => compareText(a.urn, b.urn));
}
