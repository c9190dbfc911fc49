import { type ResourceName } from "../../problem";
import { type PolicyFinding, pageOf } from "../findings";
import { type Section } from "./budget";
import { code, prose, tableHead, tableRow } from "./code";
import { resourceText } from "./resources";

const MOST_MESSAGE = 500;
const MOST_FIX = 300;

/** What policies object to, as a table. */
export function violationSection(findings: PolicyFinding[], names: ReadonlyMap<string, ResourceName>): Section {
  const rows = findings
    .filter(({ kind }) => kind !== "cannot tell")
    .map(({ kind, severity, policy, urn, message }) =>
      tableRow([
        `${kind === "mandatory" ? "**mandatory**" : "advisory"}${severity ? `, ${prose(severity, 20)}` : ""}`,
        policyText(policy),
        resourceText(urn, names),
        prose(message, MOST_MESSAGE),
        prose(policy.remediationSteps ?? policy.description, MOST_FIX),
      ]),
    );
  const head = tableHead(["Severity", "Policy", "Resource", "What is wrong", "What to do"]);
  return { title: "Violations", isOpen: true, rank: 1, head, rows, tail: [] };
}

/** What policies could not judge. */
export function unknownSection(findings: PolicyFinding[], names: ReadonlyMap<string, ResourceName>): Section {
  const rows = findings
    .filter(({ kind }) => kind === "cannot tell")
    .map(({ policy, urn, message }) =>
      tableRow([policyText(policy), resourceText(urn, names), prose(message, MOST_MESSAGE)]),
    );
  const head = tableHead(["Policy", "Resource", "Why"]);
  return { title: "What no policy can tell yet", isOpen: false, rank: 4, head, rows, tail: [] };
}

function policyText(policy: PolicyFinding["policy"]): string {
  const page = pageOf(policy);
  return page === undefined ? code(policy.name) : `[${code(policy.name)}](<${page}>)`;
}
