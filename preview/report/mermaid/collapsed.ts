import { compareText, type GraphResource, type PreviewGraph, STACK_TYPE } from "../../graph";
import { displayType } from "../typeName";
import { clip } from "../visible";
import { treeEntries } from "../treeEntries";
import { type Chart } from "./index";
import { labelText } from "./label";

/** More boxes than this are not drawn. */
const MOST_GROUPS = 300;

/** Resources of one type, within one component of the stack or in all of them. */
interface Group {
  /** Outermost component; the stack's own resources have none. */
  component?: GraphResource;
  type: string;
  count: number;
  /** Groups that it depends on, by key. */
  needs: Set<string>;
}

/** Types with the number of their resources, in boxes of the outermost components or without; nothing where even those are too many. */
export function collapsed({ resources }: PreviewGraph, by: "component" | "type"): Chart | undefined {
  const groups = groupsOf(resources, by === "component");
  const components = new Set([...groups.values()].map(({ component }) => component));
  if (groups.size > MOST_GROUPS) return undefined;
  const sorted = [...groups].sort(([a], [b]) => compareText(a, b));
  const ids = new Map(sorted.map(([key], at) => [key, `n${at}`]));
  const nodes = [...components].flatMap((component, at) => {
    const own = sorted.filter(([, group]) => group.component === component);
    const lines = own.map(([key, group]) => `  ${ids.get(key) ?? ""}["${groupLabel(group)}"]`);
    if (!component) return lines;
    const title = `${labelText(component.name)}<br/>${labelText(displayType(clip(component.type, 200)))}`;
    return [`  subgraph c${at}["${title}"]`, ...lines.map((line) => `  ${line}`), "  end"];
  });
  const edges = sorted.flatMap(([key, { needs }]) =>
    [...needs].sort(compareText).map((other) => `  ${ids.get(key) ?? ""} --> ${ids.get(other) ?? ""}`),
  );
  return { lines: [...nodes, ...edges], edges: edges.length };
}

function groupLabel({ type, count }: Group): string {
  return `${count} × ${labelText(displayType(clip(type, 200)))}`;
}

function groupsOf(resources: GraphResource[], byComponent: boolean): Map<string, Group> {
  const groups = new Map<string, Group>();
  const keys = new Map<string, string>();
  for (const { resource, outermost, children } of withOutermost(resources)) {
    const isBox = byComponent && outermost === resource && children > 0;
    if (isBox) continue;
    const owner = byComponent && outermost !== resource ? outermost : undefined;
    const key = JSON.stringify([owner?.urn, resource.type]);
    keys.set(resource.urn, key);
    const group = groups.get(key) ?? { component: owner, type: resource.type, count: 0, needs: new Set<string>() };
    group.count++;
    groups.set(key, group);
  }
  for (const { urn, dependencies } of resources) {
    const key = keys.get(urn);
    const group = key === undefined ? undefined : groups.get(key);
    for (const other of dependencies) {
      const needed = keys.get(other);
      if (group && needed !== undefined && needed !== key) group.needs.add(needed);
    }
  }
  return groups;
}

/** A resource and the outermost one around it, which may be itself. */
interface Placed {
  resource: GraphResource;
  outermost: GraphResource;
  /** How many resources have it as their parent. */
  children: number;
}

/** Every resource but the stack, at its place. */
function withOutermost(resources: GraphResource[]): Placed[] {
  const placed: Placed[] = [];
  let outermost: GraphResource | undefined;
  let level = Infinity;
  for (const { resource, depth, children } of treeEntries(resources)) {
    if (resource.type === STACK_TYPE) {
      level = Infinity;
      continue;
    }
    if (depth <= level || !outermost) [outermost, level] = [resource, depth];
    placed.push({ resource, outermost, children });
  }
  return placed;
}
