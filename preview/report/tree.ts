import { childrenByParent, type GraphResource, type PreviewGraph } from "../graph";
import { type Paint } from "./paint";
import { plainName } from "./plainText";
import { displayType } from "./typeName";

/** Marks of operations, as Pulumi's terminal shows them. */
const MARKS = new Map<string, [mark: string, colour: "green" | "yellow" | "red" | "magenta"]>(
  Object.entries({
    create: ["+ ", "green"],
    update: ["~ ", "yellow"],
    replace: ["+-", "magenta"],
    delete: ["- ", "red"],
    import: ["= ", "green"],
    read: ["> ", "green"],
  }),
);

/** Lines of deeper resources are indented no further: the depth of a tree is a stranger's choice. */
const MOST_INDENT = 60;

/** The resources as a tree, one a line. */
export function treeLines(graph: PreviewGraph, paint: Paint): string[] {
  const children = childrenByParent(graph.resources);
  const withMarks = graph.resources.some(({ change }) => change);
  const lines: string[] = [];
  const roots = children.get(undefined) ?? [];
  const pending = roots.map((resource) => ({ resource, own: "", below: "" })).reverse();
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { resource, own, below } = next;
    const mark = withMarks ? `${operationMark(resource, paint)} ` : "";
    lines.push(`${mark}${paint.dim(own)}${resourceLine(resource, paint)}`);
    const kin = children.get(resource.urn) ?? [];
    const shortBelow = below.slice(0, MOST_INDENT);
    const branches = kin.map((child, at) => ({
      resource: child,
      own: `${shortBelow}${at === kin.length - 1 ? "└─ " : "├─ "}`,
      below: `${shortBelow}${at === kin.length - 1 ? "   " : "│  "}`,
    }));
    pending.push(...branches.reverse());
  }
  return lines;
}

function operationMark({ change }: GraphResource, paint: Paint): string {
  const known = change && MARKS.get(change.op);
  return known ? paint[known[1]](known[0]) : "  ";
}

function resourceLine(resource: GraphResource, paint: Paint): string {
  const type = displayType(resource.type);
  const head = `${resource.custom ? type : paint.bold(type)} ${plainName(resource.name)}`;
  const notes = notesOf(resource);
  return notes.length > 0 ? `${head}  ${paint.yellow(notes.join(", "))}` : head;
}

/** What a reviewer must not overlook. */
export function notesOf(resource: GraphResource): string[] {
  const { protect, options, read, remote, change } = resource;
  return [
    protect ? "protect" : "",
    options.retainOnDelete ? "retainOnDelete" : "",
    options.import ? `import ${plainName(options.import)}` : "",
    read === undefined ? "" : `read ${plainName(read)}`,
    remote ? "remote component: its children are not seen" : "",
    ...(change ? reasonsOf(change.op, change) : []),
  ].filter((note) => note !== "");
}

function reasonsOf(
  op: string,
  { replaceReasons, diffReasons }: { replaceReasons: string[]; diffReasons: string[] },
): string[] {
  const others = diffReasons.filter((reason) => !replaceReasons.includes(reason));
  return [
    op === "delete" ? "delete" : "",
    replaceReasons.length > 0 ? `replace because of ${replaceReasons.map(plainName).join(", ")}` : "",
    others.length > 0 ? `changes ${others.map(plainName).join(", ")}` : "",
  ];
}
