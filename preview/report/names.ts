import { type ResourceName } from "../problem";
import { type Report } from "./report";

/** Type and name of a resource; those in its URN where nothing else is known of it. */
export function nameFor(urn: string, names: ReadonlyMap<string, ResourceName>): ResourceName | undefined {
  const [, , types, ...name] = urn.slice(0, 2000).split("::");
  const fromUrn = name.length === 0 ? undefined : { type: types.split("$").at(-1) ?? "", name: name.join("::") };
  return names.get(urn) ?? fromUrn;
}

/** Type and name of every resource that a report mentions, by URN: also of those that a change takes away. */
export function namesOf({ graph, comparison }: Report): Map<string, ResourceName> {
  return new Map<string, ResourceName>([
    ...(comparison?.changes ?? []).map(({ urn, type, name }) => [urn, { type, name }] as const),
    ...graph.resources.map(({ urn, type, name }) => [urn, { type, name }] as const),
  ]);
}
