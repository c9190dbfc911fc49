import { findingsOf } from "../findings";
import { namesOf } from "../names";
import { type Report } from "../report";
import { verdictOf } from "../verdict";
import { clip, visible } from "../visible";
import { bytesOf, fitted, type Section } from "./budget";
import { changeSection, creationSection } from "./changes";
import { code, prose } from "./code";
import {
  costSection,
  diagnosticSection,
  limitSection,
  lookupSection,
  outputSection,
  remediationSection,
  requirementSections,
} from "./facts";
import { unknownSection, violationSection } from "./findings";
import { grantChangeSection, grantSection } from "./grants";
import { treeSection } from "./resources";

/**
 * GitHub takes comments of 65,536 characters, of which there are never more than bytes; this leaves room for what a
 * workflow adds: a sentence, or invisible characters in what would be a mention.
 */
const MOST_BYTES = 62_000;

const MARKS = { fails: "❌", warns: "⚠️", passes: "✅" };

/**
 * The report as a comment on a pull request. Its first line is a comment that names project and stack, by which the
 * same comment is found and updated.
 */
export function markdownReport(report: Report): string {
  const head = `${markerOf(report)}\n${headingOf(report)}\n\n`;
  const sections = sectionsOf(report).filter(({ title, rows }) => title === "" || rows.length > 0);
  return head + fitted(sections, MOST_BYTES - bytesOf(head) - 1);
}

/** `<!-- kiln-preview:PROJECT/STACK -->`; what could end the comment is percent-encoded. */
function markerOf({ graph: { project, stack } }: Report): string {
  const safe = (text: string) => encodeURIComponent(visible(clip(text, 100))).replaceAll("--", "-%2D");
  return `<!-- kiln-preview:${safe(project)}/${safe(stack)} -->`;
}

function headingOf(report: Report): string {
  const { project, stack } = report.graph;
  const { outcome, policies, change } = verdictOf(report);
  const line = policies === "" ? change : `${policies}; ${change}`;
  return `## ${MARKS[outcome]} ${code(project)} ${code(stack)}: ${prose(line, 400)}`;
}

/** In the order of the page; their rank says which are cut first. */
function sectionsOf(report: Report): Section[] {
  const { graph, comparison } = report;
  const findings = findingsOf(graph);
  const names = namesOf(report);
  const [newlyNeeded, needed] = requirementSections(report);
  return [
    violationSection(findings, names),
    ...(comparison ? [changeSection(comparison), grantChangeSection(comparison), newlyNeeded] : []),
    ...(comparison ? [creationSection(comparison)] : []),
    treeSection(graph),
    grantSection(report),
    needed,
    costSection(report),
    unknownSection(findings, names),
    remediationSection(report),
    outputSection(graph),
    diagnosticSection(report),
    lookupSection(graph),
    limitSection(report),
  ];
}
