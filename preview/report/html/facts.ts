import { type Report } from "../report";
import { diagnosticLines } from "../diagnostics";
import { countText, driversText } from "../costs";
import { NO_COLOURS } from "../paint";
import { requirementsOfGraph } from "../requirements";
import { valueText } from "../valueText";
import { clip } from "../visible";
import { markup } from "./markup";
import { type PageSection } from "./page";
import { moreThan, type PageNames, shortType, table } from "./shared";

const MOST_ROWS = 1000;

/** Billable things. */
export function costSection({ costs = [] }: Report): PageSection | undefined {
  if (costs.length === 0) return undefined;
  const rows = costs.map(
    (
      billable,
    ) => markup`<tr><th scope="row"><a href="${billable.link}" rel="noopener noreferrer">${billable.kind}</a></th><td class="number">${countText(billable)}</td><td>${clip(driversText(billable), 500)}</td></tr>
`,
  );
  const body = table("Billable things", ["What is billed", "Count", "What drives the bill"], rows);
  return { id: "costs", title: "Billable", count: costs.length, body };
}

/** APIs and roles of the deployer. */
export function requirementSection({ graph }: Report): PageSection | undefined {
  const { apis, roles, unknownTypes } = requirementsOfGraph(graph);
  if (apis.length + roles.length + unknownTypes.length === 0) return undefined;
  const list = (title: string, names: string[]) =>
    names.length === 0
      ? undefined
      : markup`<div><h3>${title}</h3><ul class="plain">${names.slice(0, MOST_ROWS).map((name) => markup`<li><code>${clip(name, 200)}</code></li>`)}</ul></div>`;
  const body = markup`<div class="columns">${[
    list("APIs", apis),
    list("Roles of the deployer", roles),
    list("Types that Kiln does not know", unknownTypes.map(shortType)),
  ]}</div>`;
  return { id: "requirements", title: "APIs and roles", count: apis.length + roles.length, body };
}

/** Outputs of the stack. */
export function outputSection({ graph: { outputs } }: Report): PageSection | undefined {
  const names = Object.keys(outputs);
  if (names.length === 0) return undefined;
  const rows = names.slice(0, MOST_ROWS).map(
    (
      name,
    ) => markup`<tr><th scope="row"><code>${clip(name, 200)}</code></th><td><code>${valueText(outputs[name], 1000)}</code></td></tr>
`,
  );
  return {
    id: "outputs",
    title: "Outputs",
    count: names.length,
    body: table("Outputs of the stack", ["Output", "Value"], rows, names.length),
  };
}

/** What the program and the preview said. */
export function diagnosticSection({ graph }: Report, { names }: PageNames): PageSection | undefined {
  const { diagnostics } = graph;
  if (diagnostics.length === 0) return undefined;
  const shown = diagnostics
    .slice(0, MOST_ROWS)
    .map(({ message, ...rest }) => ({ ...rest, message: clip(message, 10_000) }));
  const body = markup`<pre>${diagnosticLines(shown, names, NO_COLOURS).join("\n")}</pre>${moreThan(shown.length, diagnostics.length)}`;
  return { id: "diagnostics", title: "Diagnostics", count: diagnostics.length, body };
}

/** Look-ups that count as unknown. */
export function lookupSection({ graph: { lookups } }: Report): PageSection | undefined {
  const open = lookups.filter(({ answered }) => !answered);
  if (open.length === 0) return undefined;
  const rows = open.slice(0, MOST_ROWS).map(
    ({
      token,
      args,
    }) => markup`<tr><th scope="row"><code>${clip(token, 200)}</code></th><td><code>${valueText(args, 500)}</code></td></tr>
`,
  );
  return {
    id: "lookups",
    title: "Look-ups",
    count: open.length,
    body: table("Look-ups without an answer", ["Function", "Arguments"], rows, open.length),
  };
}
