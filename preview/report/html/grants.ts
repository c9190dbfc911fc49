import { type Grant, type GrantChanges } from "../../compare/comparison";
import { clip } from "../visible";
import { type Markup, markup } from "./markup";
import { type PageSection } from "./page";
import { badge, type PageNames, resourceLink, table } from "./shared";

const MOST_ROWS = 5000;

/** How a change alters who may do what. */
export function grantChangeSection(
  { added, removed, flipped }: GrantChanges,
  names: PageNames,
): PageSection | undefined {
  const all = [
    ...added.map((grant) => ({ grant, word: "added" })),
    ...removed.map((grant) => ({ grant, word: "removed" })),
    ...flipped.map((grant) => ({
      grant,
      word: grant.authoritative ? "now replaces others" : "no longer replaces others",
    })),
  ];
  if (all.length === 0) return undefined;
  const rows = all.slice(0, MOST_ROWS).map(
    ({
      grant,
      word,
    }) => markup`<tr class="${word.split(" ")[0]}"><td>${badge(word, word.split(" ")[0])}</td><th scope="row">${clip(grant.member, 300)}</th>${cells(grant, names)}</tr>
`,
  );
  const body = table("Grants that the change adds or removes", ["Change", "Who", "Role", "Where"], rows, all.length);
  return { id: "grant-changes", title: "Grant changes", count: all.length, body };
}

/** Who may do what, where. */
export function grantSection(grants: Grant[], names: PageNames): PageSection | undefined {
  if (grants.length === 0) return undefined;
  const shown = grants.slice(0, MOST_ROWS);
  const groups = grouped(shown);
  const rows = groups.flatMap((group) =>
    group.map(
      (grant, at) => markup`<tr>${
        at === 0 ? markup`<th scope="rowgroup" rowspan="${group.length}">${clip(grant.member, 300)}</th>` : undefined
      }${cells(grant, names)}</tr>
`,
    ),
  );
  const body = table("Who may do what, where", ["Who", "Role", "Where"], rows, grants.length);
  return { id: "iam", title: "IAM", count: grants.length, body };
}

function cells({ role, resource, condition, authoritative, urn }: Grant, names: PageNames): Markup {
  return markup`<td><code>${clip(role, 200)}</code>${
    authoritative ? markup` ${badge("replaces all others", "grave")}` : undefined
  }</td><td>${clip(resource, 300)}${
    condition === undefined ? undefined : markup` if <code>${clip(condition, 300)}</code>`
  }<span class="by">${resourceLink(urn, names)}</span></td>`;
}

/** Neighbours with the same member. */
function grouped(grants: Grant[]): Grant[][] {
  const groups: Grant[][] = [];
  for (const grant of grants) {
    const last = groups.at(-1);
    if (last && last[0].member === grant.member) last.push(grant);
    else groups.push([grant]);
  }
  return groups;
}
