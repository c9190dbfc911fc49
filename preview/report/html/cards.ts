import { type PolicyFinding } from "../findings";
import { type Report } from "../report";
import { type Markup, markup } from "./markup";

/** Numbers at the top of the page, each a link to its section. */
export function cardsOf(report: Report, findings: PolicyFinding[]): Markup {
  const { graph, grants, comparison } = report;
  const number = (wanted: PolicyFinding["kind"]) => findings.filter(({ kind }) => kind === wanted).length;
  const changes = comparison?.changes ?? [];
  const cards: [number: number, text: string, target: string, tone: string][] = [
    ...(graph.policyPacks ? violationCards(number) : []),
    ...["replace", "delete", "update", "rename", "create"]
      .map((wanted): [number, string, string, string] => [
        changes.filter(({ kind }) => kind === wanted).length,
        `to ${wanted}`,
        "changes",
        wanted === "replace" || wanted === "delete" ? "grave" : "",
      ])
      .filter(([count]) => count > 0),
    [graph.resources.length, "resources", "resources", ""],
    ...(grants.length > 0 ? [[grants.length, "grants", "iam", ""] as [number, string, string, string]] : []),
  ];
  return markup`<ul class="cards" aria-label="Summary">${cards.map(
    ([count, text, target, tone]) =>
      markup`<li class="${count > 0 ? tone : ""}"><a href="#${target}"><b>${count}</b> ${text}</a></li>`,
  )}</ul>`;
}

function violationCards(
  number: (kind: PolicyFinding["kind"]) => number,
): [number: number, text: string, target: string, tone: string][] {
  const target = number("mandatory") + number("advisory") > 0 ? "violations" : "resources";
  return [
    [number("mandatory"), "mandatory", target, "grave"],
    [number("advisory"), "advisory", target, "warning"],
    ...(number("cannot tell") > 0
      ? [[number("cannot tell"), "cannot tell", "cannot-tell", ""] as [number, string, string, string]]
      : []),
  ];
}
