import { type GraphResource } from "../../graph";
import { type GraphValue } from "../../graphValue";
import { type PolicyFinding } from "../findings";
import { valueLines } from "../valueText";
import { clip } from "../visible";
import { type Markup, markup } from "./markup";
import { type PageNames, resourceLink } from "./shared";

/** Links from one resource to others of one kind. */
const MOST_LINKS = 25;

/** What the tree knows of all resources, by URN. */
export interface ResourceFacts extends PageNames {
  findings: ReadonlyMap<string, PolicyFinding[]>;
  /** What becomes of a resource, in a word or two. */
  changes: ReadonlyMap<string, string>;
  /** Who depends on a resource. */
  dependents: ReadonlyMap<string, string[]>;
  /** UTF-16 units that the inputs of one resource may take. */
  mostInputs: number;
}

/** What is inside of a resource's item: where it stands, what was found, its relations, inputs, options and outputs. */
export function bodyOf(resource: GraphResource, facts: ResourceFacts): Markup {
  const { urn, provider, dependencies, aliases, inputs, options, outputs } = resource;
  const findings = facts.findings.get(urn) ?? [];
  return markup`<dl><dt>URN</dt><dd class="urn">${clip(urn, 1000)}</dd>${[
    provider === undefined ? undefined : markup`<dt>Provider</dt><dd>${resourceLink(provider, facts)}</dd>`,
    relation("Depends on", dependencies, facts),
    relation("Needed by", facts.dependents.get(urn) ?? [], facts),
    relation("Aliases", aliases, facts),
    findings.length === 0
      ? undefined
      : markup`<dt>Policies</dt><dd>${findings.slice(0, MOST_LINKS).map(({ kind, message }) => markup`<p>${kind}: ${clip(message, 500)}</p>`)}</dd>`,
  ]}</dl>${[
    valueBlock("Inputs", inputs, facts.mostInputs),
    valueBlock("Options", options as Record<string, GraphValue>, facts.mostInputs),
    valueBlock("Outputs", outputs ?? {}, facts.mostInputs),
  ]}`;
}

function relation(title: string, urns: readonly string[], names: PageNames): Markup | undefined {
  if (urns.length === 0) return undefined;
  const links = urns.slice(0, MOST_LINKS).map((urn) => markup`<li>${resourceLink(urn, names)}</li>`);
  const more = urns.length > MOST_LINKS ? markup`<li>${urns.length - MOST_LINKS} more</li>` : undefined;
  return markup`<dt>${title}</dt><dd><ul class="plain">${links}${more}</ul></dd>`;
}

function valueBlock(title: string, values: Record<string, GraphValue>, most: number): Markup | undefined {
  const lines = valueLines(values, most);
  return lines.length === 0 ? undefined : markup`<p class="label">${title}</p><pre>${lines.join("\n")}</pre>`;
}
