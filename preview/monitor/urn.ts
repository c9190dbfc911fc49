import { STACK_TYPE } from "../graph";

/** Where a deployment happens: part of every URN. */
export interface Target {
  project: string;
  stack: string;
}

/** Builds the URN that the engine gives to a resource: the types of its parents, without the stack's, then its own. */
export function createUrn({ project, stack }: Target, parent: string | undefined, type: string, name: string): string {
  const parentType = parent ? qualifiedTypeOf(parent) : "";
  const chain = parentType && parentType !== STACK_TYPE ? `${parentType}$${type}` : type;
  return `urn:pulumi:${stack}::${project}::${chain}::${name}`;
}

/** Parents' types and own type, as they stand in a URN. */
export function qualifiedTypeOf(urn: string): string {
  return urn.split("::")[2] ?? "";
}

/** Own type of a URN's resource. */
export function typeOf(urn: string): string {
  return qualifiedTypeOf(urn).split("$").pop() ?? "";
}

/** Name of a URN's resource; it may itself hold `::`. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** URN of a provider reference, which has the provider's id behind it. */
export function urnOfProvider(reference: string): string {
  const end = reference.lastIndexOf("::");
  return end < 0 ? reference : reference.slice(0, end);
}
