import { type GraphResource, type PreviewGraph } from "../../preview";

/** URN of a resource of the sample stack. */
export function urnOf(type: string, name: string): string {
  return `urn:pulumi:dev::sample::${type}::${name}`;
}

/** A resource that the program declares; what is left out is empty. */
export function declared(type: string, name: string, other: Partial<GraphResource> = {}): GraphResource {
  const empty = { inputs: {}, protect: false, aliases: [], dependencies: [], propertyDependencies: {}, options: {} };
  return { urn: urnOf(type, name), type, name, custom: true, ...empty, ...other };
}

/** A graph of the sample stack. */
export function graphOf(resources: GraphResource[], other: Partial<PreviewGraph> = {}): PreviewGraph {
  const head = { apiVersion: "kiln/v1", kind: "PreviewGraph", project: "sample", stack: "dev" } as const;
  return { ...head, source: "offline", resources, outputs: {}, diagnostics: [], lookups: [], ...other };
}
