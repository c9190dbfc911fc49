import { type GraphResource, type PreviewGraph, STACK_TYPE } from "../../graph";
import { treeEntries, type TreeEntry } from "../treeEntries";
import { displayType } from "../typeName";
import { clip } from "../visible";
import { type Chart } from "./index";
import { labelText } from "./label";

/** More resources never fit into Mermaid's 50,000 characters. */
const MOST_RESOURCES = 1000;

/** Deeper subgraphs are no longer legible, and drawn slowly. */
const MOST_LEVELS = 8;

/** Every resource, components as subgraphs; nothing where that is too much to draw. */
export function whole({ resources }: PreviewGraph): Chart | undefined {
  if (resources.length > MOST_RESOURCES) return undefined;
  const entries = treeEntries(resources).filter(({ resource }) => resource.type !== STACK_TYPE);
  if (entries.some(({ depth }) => depth > MOST_LEVELS)) return undefined;
  const ids = new Map(entries.map(({ resource }, at) => [resource.urn, `n${at}`]));
  const edges = edgeLines(entries, ids);
  return { lines: [...nodeLines(entries, ids), ...edges], edges: edges.length };
}

function nodeLines(entries: TreeEntry[], ids: ReadonlyMap<string, string>): string[] {
  const lines: string[] = [];
  const open: number[] = [];
  const indent = () => "  ".repeat(open.length + 1);
  const closeTo = (depth: number) => {
    while (open.length > 0 && open[open.length - 1] >= depth) {
      open.pop();
      lines.push(`${indent()}end`);
    }
  };
  for (const { resource, depth, children } of entries) {
    closeTo(depth);
    const node = `${ids.get(resource.urn) ?? ""}["${resourceLabel(resource)}"]`;
    lines.push(`${indent()}${children > 0 ? "subgraph " : ""}${node}`);
    if (children > 0) open.push(depth);
  }
  closeTo(0);
  return lines;
}

function resourceLabel({ type, name }: GraphResource): string {
  return `${labelText(name)}<br/>${labelText(displayType(clip(type, 200)))}`;
}

/** Arrows to what a resource depends on. None between a resource and what surrounds it: Mermaid refuses to draw those. */
function edgeLines(entries: TreeEntry[], ids: ReadonlyMap<string, string>): string[] {
  const parents = new Map(entries.map(({ resource }) => [resource.urn, resource.parent]));
  const surrounds = (outer: string, inner: string) => {
    let urn = parents.get(inner);
    for (let level = 0; urn !== undefined && level <= MOST_LEVELS; level++, urn = parents.get(urn))
      if (urn === outer) return true;
    return false;
  };
  return entries.flatMap(({ resource: { urn, dependencies } }) =>
    [...new Set(dependencies)]
      .filter((other) => ids.has(other) && other !== urn && !surrounds(other, urn) && !surrounds(urn, other))
      .map((other) => `  ${ids.get(urn) ?? ""} --> ${ids.get(other) ?? ""}`),
  );
}
