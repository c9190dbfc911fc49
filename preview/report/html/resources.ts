import { compareText, type GraphResource } from "../../graph";
import { type PolicyFinding } from "../findings";
import { type Report } from "../report";
import { notesOf } from "../tree";
import { treeEntries, type TreeEntry } from "../treeEntries";
import { Markup, markup } from "./markup";
import { clip } from "../visible";
import { type PageSection } from "./page";
import { bodyOf, type ResourceFacts } from "./resourceBody";
import { badge, moreThan, shortType, toneOf, toneOfChange, typeAndName } from "./shared";

/** More resources make the page too big for a phone. */
export const MOST_RESOURCES = 20_000;

/** Deeper resources stand at this level: browsers give up at some hundreds of nested elements. */
const MOST_LEVELS = 16;

/** From this many resources on, all but the outermost level is closed at first. */
const OPEN_UP_TO = 60;

/** The resources as a tree that can be searched. */
export function resourceSection(report: Report, facts: ResourceFacts): PageSection {
  const { resources } = report.graph;
  const entries = treeEntries(resources).slice(0, MOST_RESOURCES);
  const body = markup`${filterForm(report)}
<ul class="tree" id="tree">
${tree(entries, facts)}
</ul>
${moreThan(entries.length, resources.length)}`;
  return { id: "resources", title: "Resources", count: resources.length, body };
}

/** Without the script there is nothing to filter with: the form is hidden until it runs. */
function filterForm({ graph, comparison }: Report): Markup {
  const types = [...new Set(graph.resources.map(({ type }) => shortType(type)))].sort(compareText).slice(0, 500);
  const option = ([value, text]: [string, string]) => markup`<option value="${value}">${text}</option>`;
  const hasChanges = comparison !== undefined || graph.resources.some(({ change }) => change);
  const choices: [string, string][] = [
    ["", "all"],
    ...(graph.policyPacks ? ([["violation", "with a violation"]] as [string, string][]) : []),
    ...(hasChanges ? ([["change", "that change"]] as [string, string][]) : []),
    ["protect", "protected"],
  ];
  return markup`<form id="filter" role="search" aria-label="Resources" hidden>
<label for="text">Search <input id="text" type="search" placeholder="name, type or URN" autocomplete="off" spellcheck="false"></label>
<label for="type">Type <select id="type"><option value="">all</option>${types.map((type) => option([type, type]))}</select></label>
<label for="flag">Show <select id="flag">${choices.map(option)}</select></label>
<button type="button" id="open-all">Expand all</button>
<button type="button" id="close-all">Collapse all</button>
<output id="found" for="text type flag"></output>
</form>`;
}

/** Items of the tree, one after the other: a loop, so that no depth exhausts the stack. */
function tree(entries: TreeEntry[], facts: ResourceFacts): Markup {
  const parts: string[] = [];
  const open: number[] = [];
  const isOpen = entries.length <= OPEN_UP_TO;
  for (const { resource, depth, children } of entries) {
    while (open.length > 0 && open[open.length - 1] >= depth) {
      open.pop();
      parts.push("</ul></details></li>\n");
    }
    const isBranch = children > 0 && depth < MOST_LEVELS;
    parts.push(itemOf(resource, { children, isBranch, isOpen: isOpen || depth === 0 }, facts).text);
    if (isBranch) open.push(depth);
  }
  parts.push("</ul></details></li>\n".repeat(open.length));
  return new Markup(parts.join(""));
}

interface ItemForm {
  children: number;
  /** Whether its children stand inside of it. */
  isBranch: boolean;
  isOpen: boolean;
}

function itemOf(resource: GraphResource, { children, isBranch, isOpen }: ItemForm, facts: ResourceFacts): Markup {
  const findings = facts.findings.get(resource.urn) ?? [];
  const change = facts.changes.get(resource.urn) ?? "";
  const flags = [
    findings.length > 0 ? "violation" : "",
    change === "" ? "" : "change",
    resource.protect ? "protect" : "",
  ];
  const head = markup`<li id="${facts.ids.get(resource.urn)}" data-type="${shortType(resource.type)}" data-flags="${flags.filter((flag) => flag !== "").join(" ")}"><details${
    isBranch && isOpen ? markup` open` : undefined
  }><summary>${typeAndName(resource)}${badges(resource, findings, change)}${
    isBranch ? markup` <span class="count">${children}</span>` : undefined
  }</summary>`;
  const body = bodyOf(resource, facts);
  if (!isBranch)
    return markup`${head}<div class="body">${body}</div></details></li>
`;
  return markup`${head}<details class="body"><summary>Inputs and relations</summary>${body}</details><ul>
`;
}

function badges(resource: GraphResource, findings: PolicyFinding[], change: string): Markup[] {
  const worst = findings[0]?.kind;
  const number = findings.length > 1 ? ` ×${findings.length}` : "";
  const all = [
    ...(change === "" ? [] : [badge(change, toneOfChange(change))]),
    ...(worst === undefined ? [] : [badge(`${worst}${number}`, toneOf(worst))]),
    ...notesOf(resource).map((note) => badge(clip(note, 200), "note")),
  ];
  return all.map((one) => markup` ${one}`);
}
