import { type PolicyRemediation } from "../../policies/results";
import { type PolicyFinding, pageOf } from "../findings";
import { clip } from "../visible";
import { type Markup, markup } from "./markup";
import { type PageSection } from "./page";
import { badge, moreThan, type PageNames, resourceLink, toneOf } from "./shared";

const MOST_FINDINGS = 2000;
const MOST_MESSAGE = 2000;

/** What policies object to. */
export function violationSection(findings: PolicyFinding[], names: PageNames): PageSection | undefined {
  const violations = findings.filter(({ kind }) => kind !== "cannot tell");
  return findingSection("violations", "Violations", violations, names);
}

/** What policies could not judge. */
export function unknownSection(findings: PolicyFinding[], names: PageNames): PageSection | undefined {
  const unknowns = findings.filter(({ kind }) => kind === "cannot tell");
  return findingSection("cannot-tell", "Cannot tell", unknowns, names);
}

function findingSection(id: string, title: string, all: PolicyFinding[], names: PageNames): PageSection | undefined {
  if (all.length === 0) return undefined;
  const shown = all.slice(0, MOST_FINDINGS);
  const body = markup`<ul class="findings">${shown.map((finding) => findingItem(finding, names))}</ul>
${moreThan(shown.length, all.length)}`;
  return { id, title, count: all.length, body };
}

function findingItem({ kind, severity, pack, policy, urn, message }: PolicyFinding, names: PageNames): Markup {
  const fix = policy.remediationSteps ?? "";
  return markup`<li class="finding ${toneOf(kind)}">
<p class="head">${badge(kind, toneOf(kind))}${severity && badge(severity, "")} ${resourceLink(urn, names)}
<span class="policy">${policyName(policy)} <span class="pack">${clip(pack, 100)}</span></span></p>
<p class="message">${clip(message, MOST_MESSAGE)}</p>
${fix === "" ? undefined : markup`<p class="fix"><span class="label">Fix</span> ${clip(fix, MOST_MESSAGE)}</p>`}
</li>
`;
}

function policyName(policy: PolicyFinding["policy"]): Markup {
  const page = pageOf(policy);
  const name = clip(policy.name, 200);
  return page === undefined ? markup`${name}` : markup`<a href="${page}" rel="noopener noreferrer">${name}</a>`;
}

/** What policies changed before it was registered. */
export function remediationSection(all: PolicyRemediation[], names: PageNames): PageSection | undefined {
  if (all.length === 0) return undefined;
  const shown = all.slice(0, MOST_FINDINGS);
  const items = shown.map(
    ({ policy, urn, inputs, problem }) => markup`<li>${resourceLink(urn, names)}: ${
      problem === undefined
        ? markup`<code>${clip(policy, 200)}</code> set ${inputs.slice(0, 20).map((input) => markup`<code>${clip(input, 100)}</code> `)}`
        : markup`<code>${clip(policy, 200)}</code> could not: ${clip(problem, MOST_MESSAGE)}`
    }</li>
`,
  );
  const body = markup`<ul class="plain">${items}</ul>${moreThan(shown.length, all.length)}`;
  return { id: "remediations", title: "Remediations", count: all.length, body };
}
