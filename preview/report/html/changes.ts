import { type Comparison, type InputChange, type ResourceChange } from "../../compare/comparison";
import { beforeAfter, changeWord, creations, tellingChanges } from "../changes";
import { clip } from "../visible";
import { type Markup, markup } from "./markup";
import { type PageSection } from "./page";
import { badge, moreThan, type PageNames, resourceLink, table, toneOfChange, typeAndName } from "./shared";

const MOST_CHANGES = 2000;
const MOST_INPUTS = 50;
const MOST_VALUE = 400;

/** What a change does, the gravest first, input by input. */
export function changeSection(comparison: Comparison, names: PageNames): PageSection {
  const telling = tellingChanges(comparison);
  const created = creations(comparison);
  const shown = telling.slice(0, MOST_CHANGES);
  const { outputs, changes } = comparison;
  const body = markup`<ul class="changes">${shown.map((change) => changeItem(change, names))}</ul>
${moreThan(shown.length, telling.length)}
${created.length > 0 ? creationList(created, names) : undefined}
${outputs.length > 0 ? markup`<h3>Outputs</h3>${inputTable(outputs, "Outputs that differ")}` : undefined}
${requirementList(comparison)}`;
  return { id: "changes", title: "Changes", count: changes.length, body };
}

function changeItem(change: ResourceChange, names: PageNames): Markup {
  const { kind, urn, inputs, options, holds, hint, oldUrn } = change;
  const differing = [...options.map((option) => ({ ...option, path: `option ${option.path}` })), ...inputs];
  return markup`<li class="change ${toneOfChange(changeWord(change))}">
<p class="head">${badge(changeWord(change), toneOfChange(changeWord(change)))} ${
    kind === "delete" ? typeAndName(change) : resourceLink(urn, names)
  }</p>
${holds === undefined ? undefined : markup`<p class="holds">${clip(holds, MOST_VALUE)}</p>`}
${oldUrn === undefined ? undefined : markup`<p class="old">was <code>${clip(oldUrn, MOST_VALUE)}</code></p>`}
${differing.length > 0 ? inputTable(differing, `Inputs of ${clip(change.name, 100)} that differ`) : undefined}
${hint === undefined ? undefined : markup`<p class="fix"><span class="label">To do</span> ${clip(hint, MOST_VALUE)}</p>`}
</li>
`;
}

function inputTable(changes: InputChange[], label: string): Markup {
  const rows = changes.slice(0, MOST_INPUTS).map((change) => {
    const { before, after } = beforeAfter(change, MOST_VALUE);
    return markup`<tr><th scope="row"><code>${clip(change.path, 200)}</code>${
      change.replaces ? markup` ${badge("replaces", "grave")}` : undefined
    }</th><td>${valueOf(before, "del")}</td><td>${valueOf(after, "ins")}</td></tr>
`;
  });
  return table(label, ["Input", "Before", "After"], rows, changes.length);
}

function valueOf(text: string | undefined, tag: "ins" | "del"): Markup {
  if (text === undefined) return markup`<span class="none">none</span>`;
  return tag === "ins" ? markup`<ins>${text}</ins>` : markup`<del>${text}</del>`;
}

function creationList(created: ResourceChange[], names: PageNames): Markup {
  const shown = created.slice(0, MOST_CHANGES);
  return markup`<details><summary>New resources <span class="count">${created.length}</span></summary>
<ul class="plain">${shown.map(({ urn }) => markup`<li>${resourceLink(urn, names)}</li>`)}</ul>
${moreThan(shown.length, created.length)}</details>`;
}

function requirementList({ requirements: { apis, roles } }: Comparison): Markup | undefined {
  const all = [...apis, ...roles];
  if (all.length === 0) return undefined;
  return markup`<h3>What the deployer newly needs</h3>
<ul class="plain">${all.map((name) => markup`<li><code>${clip(name, 200)}</code></li>`)}</ul>`;
}
