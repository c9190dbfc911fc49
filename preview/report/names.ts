import { type ResourceName } from "../problem";
import { type Report } from "./report";

/** Type and name of every resource that a report mentions, by URN: also of those that a change takes away. */
export function namesOf({ graph, comparison }: Report): Map<string, ResourceName> {
  return new Map<string, ResourceName>([
    ...(comparison?.changes ?? []).map(({ urn, type, name }) => [urn, { type, name }] as const),
    ...graph.resources.map(({ urn, type, name }) => [urn, { type, name }] as const),
  ]);
}
