import { childrenByParent, type GraphResource } from "../graph";

/** A resource at its place in the tree. */
export interface TreeEntry {
  resource: GraphResource;
  /** 0 for a root. */
  depth: number;
  /** How many resources have it as their parent. */
  children: number;
}

/** Resources in the order of the tree, parents before children. A loop, so that no depth exhausts the stack. */
export function treeEntries(resources: GraphResource[]): TreeEntry[] {
  const children = childrenByParent(resources);
  const entries: TreeEntry[] = [];
  const pending = [...(children.get(undefined) ?? [])].reverse().map((resource) => ({ resource, depth: 0 }));
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { resource, depth } = next;
    const kin = children.get(resource.urn) ?? [];
    entries.push({ resource, depth, children: kin.length });
    for (let at = kin.length - 1; at >= 0; at--) pending.push({ resource: kin[at], depth: depth + 1 });
  }
  return entries;
}
