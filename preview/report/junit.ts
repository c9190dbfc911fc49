import { type PolicyPackResult } from "../policies/results";
import { findingsOfPack, namedPacks, type PolicyFinding } from "./findings";
import { namesOf } from "./names";
import { type Report } from "./report";
import { displayType } from "./typeName";
import { clip, visible, visibleLine } from "./visible";

/** Cases of all suites, each of some kilobytes at most. */
const MOST_CASES = 2000;

const MOST_NAME = 200;
const MOST_MESSAGE = 4000;

/** What one policy said of one resource. */
interface Case {
  policy: string;
  /** Resource that it is about, as people call it. */
  about: string;
  findings: PolicyFinding[];
}

/** One pack with its cases. */
interface Suite {
  title: string;
  pack: string;
  cases: Case[];
  /** How many cases more there are. */
  leftOut: number;
}

/**
 * JUnit XML: a suite for each policy pack, a case for each resource that a policy objects to, and one for each policy
 * that objects to nothing. Mandatory violations are failures, what cannot be told is skipped, advisory violations are
 * the output of cases that pass.
 */
export function junitReport(report: Report): string {
  const packs = report.graph.policyPacks ?? [];
  const suites = packs.length > 0 ? shortened(namedPacks(packs).map((pack) => suiteOf(pack, report))) : [PREVIEW_ALONE];
  const name = `${report.graph.project}/${report.graph.stack}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${attribute(name)}" ${countsOf(suites)}>`,
    ...suites.flatMap(suiteLines),
    "</testsuites>\n",
  ].join("\n");
}

/** That there is a report at all: without packs nothing else was tested. */
const PREVIEW_ALONE: Suite = {
  title: "kiln preview",
  pack: "kiln",
  cases: [{ policy: "preview", about: "preview", findings: [] }],
  leftOut: 0,
};

function shortened(suites: Suite[]): Suite[] {
  let room = MOST_CASES;
  return suites.map((suite) => {
    const cases = suite.cases.slice(0, room);
    room -= cases.length;
    return { ...suite, cases, leftOut: suite.cases.length - cases.length };
  });
}

function suiteOf(pack: PolicyPackResult, report: Report): Suite {
  const names = namesOf(report);
  const cases = new Map<string, Case>();
  for (const finding of findingsOfPack(pack)) {
    const { policy, urn } = finding;
    const key = JSON.stringify([policy.name, urn]);
    const resource = urn === undefined ? undefined : names.get(urn);
    const about = resource ? `${displayType(clip(resource.type, MOST_NAME))} ${resource.name}` : (urn ?? "stack");
    const known = cases.get(key);
    if (known) known.findings.push(finding);
    else cases.set(key, { policy: policy.name, about, findings: [finding] });
  }
  const found = new Set([...cases.values()].map(({ policy }) => policy));
  const passed = pack.policies.filter(({ name }) => !found.has(name));
  const passedCases = passed.map(({ name }) => ({ policy: name, about: "all resources", findings: [] }));
  const all = [...cases.values(), ...passedCases];
  return { title: `${pack.name} ${pack.version}`, pack: pack.name, cases: all, leftOut: 0 };
}

function suiteLines(suite: Suite): string[] {
  const { title, pack, cases, leftOut } = suite;
  return [
    `  <testsuite name="${attribute(title)}" ${countsOf([suite])}>`,
    ...cases.flatMap((one) => caseLines(one, pack)),
    ...(leftOut > 0
      ? [
          `    <testcase classname="${attribute(pack)}" name="${leftOut} more">`,
          `      <skipped message="${leftOut} more; --format json has all"/>`,
          "    </testcase>",
        ]
      : []),
    "  </testsuite>",
  ];
}

function caseLines({ policy, about, findings }: Case, pack: string): string[] {
  const open = `    <testcase classname="${attribute(`${pack}.${policy}`)}" name="${attribute(about)}"`;
  return findings.length === 0 ? [`${open}/>`] : [`${open}>`, ...resultLines(findings), "    </testcase>"];
}

/** Only the gravest kind becomes the result; the others are said beside it. */
function resultLines(findings: PolicyFinding[]): string[] {
  const ofKind = (kind: PolicyFinding["kind"]) => findings.filter((finding) => finding.kind === kind);
  const [mandatory, advisory, open] = [ofKind("mandatory"), ofKind("advisory"), ofKind("cannot tell")];
  const first = attribute(mandatory[0]?.message ?? "");
  const type = attribute(mandatory[0]?.severity ?? "mandatory");
  return [
    ...(mandatory.length > 0
      ? [`      <failure message="${first}" type="${type}">${textOf(mandatory)}</failure>`]
      : advisory.length === 0
        ? [`      <skipped message="${attribute(`cannot tell yet: ${open[0].message}`)}"/>`]
        : []),
    ...(advisory.length > 0 ? [`      <system-out>advisory: ${textOf(advisory)}</system-out>`] : []),
  ];
}

/** Messages and what to do, for people. */
function textOf(findings: PolicyFinding[]): string {
  const { policy, urn } = findings[0];
  const lines = [...findings.slice(0, 20).map(({ message }) => message), policy.remediationSteps ?? "", urn ?? ""];
  return escaped(visible(clip(lines.filter((line) => line !== "").join("\n"), MOST_MESSAGE)));
}

function countsOf(suites: Suite[]): string {
  const cases = suites.flatMap((suite) => suite.cases);
  const notes = suites.filter(({ leftOut }) => leftOut > 0).length;
  const has = ({ findings }: Case, wanted: string) => findings.some(({ kind }) => kind === wanted);
  const failures = cases.filter((one) => has(one, "mandatory")).length;
  const skipped = cases.filter(
    (one) => has(one, "cannot tell") && !has(one, "mandatory") && !has(one, "advisory"),
  ).length;
  return `tests="${cases.length + notes}" failures="${failures}" errors="0" skipped="${skipped + notes}"`;
}

function attribute(text: string): string {
  return escaped(visibleLine(text, MOST_NAME * 2));
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** XML of text that {@link visible} made: characters that XML forbids are spelled out there already. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]);
}
