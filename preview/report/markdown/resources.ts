import { type GraphResource, type PreviewGraph } from "../../graph";
import { type ResourceName } from "../../problem";
import { nameFor } from "../names";
import { notesOf } from "../tree";
import { treeEntries } from "../treeEntries";
import { displayType } from "../typeName";
import { clip, visibleLine } from "../visible";
import { type Section } from "./budget";
import { code, fenceFor } from "./code";

const MOST_LINE = 200;

/** Deeper resources stand at this level. */
const MOST_LEVELS = 12;

/** More rows than fit into any comment. */
const MOST_ROWS = 5000;

/** Type and name of a resource as code; the stack without one. */
export function resourceText(urn: string | undefined, names: ReadonlyMap<string, ResourceName>): string {
  if (urn === undefined) return "the stack";
  const found = nameFor(urn, names);
  return found ? typeAndName(found) : code(urn);
}

/** Type and name as code. */
export function typeAndName({ type, name }: ResourceName): string {
  return `${code(displayType(clip(type, 1000)))} ${code(name)}`;
}

/** All resources as a tree. */
export function treeSection({ resources }: PreviewGraph): Section {
  const rows = treeEntries(resources).map(({ resource, depth }, at) =>
    at < MOST_ROWS ? `${"  ".repeat(Math.min(depth, MOST_LEVELS))}${lineOf(resource)}` : "",
  );
  return fenced({ title: "Resources", isOpen: false, rank: 12, rows });
}

function lineOf(resource: GraphResource): string {
  const notes = notesOf(resource).join(", ");
  const line = `${displayType(clip(resource.type, 1000))} ${visibleLine(resource.name, MOST_LINE)}`;
  return visibleLine(notes === "" ? line : `${line}  (${notes})`, MOST_LINE);
}

/** A section of plain lines. */
export function fenced(section: Pick<Section, "title" | "isOpen" | "rank" | "rows" | "count">): Section {
  const fence = fenceFor(section.rows.slice(0, MOST_ROWS));
  return { ...section, head: [`${fence}text`], tail: [fence] };
}
