import { type GraphResource } from "../../graph";
import { changeWord } from "../changes";
import { findingsOf, type PolicyFinding } from "../findings";
import { limitsOf } from "../limits";
import { namesOf } from "../names";
import { type Report } from "../report";
import { treeEntries } from "../treeEntries";
import { verdictOf } from "../verdict";
import { clip } from "../visible";
import { cardsOf } from "./cards";
import { changeSection } from "./changes";
import { costSection, diagnosticSection, lookupSection, outputSection, requirementSection } from "./facts";
import { remediationSection, unknownSection, violationSection } from "./findings";
import { grantChangeSection, grantSection } from "./grants";
import { pageOf, type PageSection } from "./page";
import { MOST_RESOURCES, resourceSection } from "./resources";
import { type ResourceFacts } from "./resourceBody";

/** UTF-16 units that all inputs of a page may take together. */
const MOST_INPUTS = 12_000_000;

/** The report as one HTML file that loads nothing and sends nothing; without its script it can be read too. */
export function htmlReport(report: Report): string {
  const { graph, comparison, grants } = report;
  const findings = findingsOf(graph);
  const facts = factsOf(report, findings);
  const remediations = (graph.policyPacks ?? []).flatMap((pack) => pack.remediations);
  const sections: (PageSection | undefined)[] = [
    violationSection(findings, facts),
    ...(comparison ? [changeSection(comparison, facts), grantChangeSection(comparison.grants, facts)] : []),
    resourceSection(report, facts),
    grantSection(grants, facts),
    requirementSection(report),
    costSection(report),
    unknownSection(findings, facts),
    remediationSection(remediations, facts),
    outputSection(report),
    diagnosticSection(report, facts),
    lookupSection(report),
  ];
  return pageOf({
    project: clip(graph.project, 200),
    stack: clip(graph.stack, 200),
    source: graph.source,
    verdict: verdictOf(report),
    cards: cardsOf(report, findings),
    sections: sections.filter((section) => section !== undefined),
    limits: limitsOf(report).join(" "),
  });
}

function factsOf(report: Report, all: PolicyFinding[]): ResourceFacts {
  const { graph, comparison } = report;
  const { resources } = graph;
  const entries = treeEntries(resources).slice(0, MOST_RESOURCES);
  const findings = collect(all.filter(({ urn }) => urn !== undefined).map((finding) => [finding.urn ?? "", finding]));
  const fromEngine = resources.flatMap(({ urn, change }) =>
    change && change.op !== "same" ? [[urn, clip(change.op, 40)] as const] : [],
  );
  const changes = (comparison?.changes ?? []).map((change) => [change.urn, changeWord(change)] as const);
  return {
    names: namesOf(report),
    ids: new Map(entries.map(({ resource }, at) => [resource.urn, `r${at}`])),
    findings,
    changes: new Map([...fromEngine, ...changes]),
    dependents: collect(dependentsOf(resources)),
    mostInputs: Math.min(20_000, Math.max(400, Math.floor(MOST_INPUTS / Math.max(1, entries.length)))),
  };
}

/** Pairs of a resource and one that depends on it. */
function dependentsOf(resources: GraphResource[]): [urn: string, dependent: string][] {
  return resources.flatMap(({ urn, dependencies }) => dependencies.map((other): [string, string] => [other, urn]));
}

/** Values by key, in their order. */
function collect<T>(pairs: [key: string, value: T][]): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const [key, value] of pairs) {
    const list = map.get(key);
    if (list) list.push(value);
    else map.set(key, [value]);
  }
  return map;
}
