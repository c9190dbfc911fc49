import { type Alias } from "@pulumi/pulumi/proto/alias_pb";
import { createUrn, nameOf, qualifiedTypeOf, type Target } from "./urn";

/** What the aliases of a resource are computed from. */
export interface Aliased extends Target {
  type: string;
  name: string;
  parent?: string;
  /** Aliases as the program gave them. */
  given: Alias[];
  /** Name and aliases of the parent. */
  parentName?: string;
  parentAliases: string[];
}

/** URNs that a resource had before: its own aliases, and those that follow from its parent's. */
export function aliasUrns(aliased: Aliased): string[] {
  const own = aliased.given.map((alias) => ownAlias(alias, aliased));
  const inherited = aliased.parentAliases.map((parentAlias) => inheritedAlias(parentAlias, aliased));
  return [...new Set([...own, ...inherited])].filter((urn) => urn !== "").sort();
}

function ownAlias(alias: Alias, { project, stack, parent, type, name }: Aliased): string {
  const spec = alias.getSpec();
  if (!spec) return alias.getUrn();
  const target = { project: spec.getProject() || project, stack: spec.getStack() || stack };
  const from = spec.getNoparent() ? undefined : spec.getParenturn() || parent;
  return createUrn(target, from, spec.getType() || type, spec.getName() || name);
}

/** A child that is named after its parent is renamed with it. */
function inheritedAlias(parentAlias: string, { type, name, parentName }: Aliased): string {
  const [, , stack] = (parentAlias.split("::")[0] ?? "").split(":");
  const project = parentAlias.split("::")[1] ?? "";
  const oldName =
    parentName && name.startsWith(parentName) ? nameOf(parentAlias) + name.slice(parentName.length) : name;
  if (!qualifiedTypeOf(parentAlias)) return "";
  return createUrn({ project, stack: stack ?? "" }, parentAlias, type, oldName);
}
