import { type ResourceName } from "../../problem";
import { type FindingKind } from "../findings";
import { nameFor } from "../names";
import { displayType } from "../typeName";
import { clip } from "../visible";
import { type Markup, markup } from "./markup";

/** Longest name or type that is shown whole. */
export const MOST_NAME = 200;

/** What the parts of the page know of resources. */
export interface PageNames {
  /** Type and name by URN. */
  names: ReadonlyMap<string, ResourceName>;
  /** Ids of the elements on the page by URN. */
  ids: ReadonlyMap<string, string>;
}

/** A resource as a link to its place in the tree; the stack without one. */
export function resourceLink(urn: string | undefined, { names, ids }: PageNames): Markup {
  if (urn === undefined) return markup`the stack`;
  const found = nameFor(urn, names);
  const text = found ? typeAndName(found) : markup`<code>${clip(urn, 500)}</code>`;
  const id = ids.get(urn);
  return id === undefined ? text : markup`<a href="#${id}">${text}</a>`;
}

/** Type and name. */
export function typeAndName({ type, name }: ResourceName): Markup {
  return markup`<span class="name">${clip(name, MOST_NAME)}</span> <span class="type">${shortType(type)}</span>`;
}

/** A type as people write it. */
export function shortType(type: string): string {
  return displayType(clip(type, MOST_NAME));
}

/** A word in a coloured frame. */
export function badge(word: string, tone: string): Markup {
  return markup`<span class="badge ${tone}">${word}</span>`;
}

/** The class that colours a finding on the page. */
export function toneOf(kind: FindingKind): "mandatory" | "advisory" | "open" {
  return kind === "cannot tell" ? "open" : kind;
}

/** The class that colours what becomes of a resource. */
export function toneOfChange(word: string): string {
  return /^(delete|replace)|protect/.test(word) ? "grave" : word;
}

/** Says that there is more than is shown; nothing where there is not. */
export function moreThan(shown: number, all: number): Markup | undefined {
  return all > shown ? markup`<p class="more">${all - shown} more; kiln preview --format json has all.</p>` : undefined;
}

/** A table that scrolls within its own frame where the page is narrow. */
export function table(label: string, titles: string[], rows: Markup[], all = rows.length): Markup {
  return markup`<div class="frame" role="region" aria-label="${label}" tabindex="0"><table>
<thead><tr>${titles.map((title) => markup`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${rows}</tbody>
</table></div>${moreThan(rows.length, all)}`;
}
