import { type Diagnostic, type PreviewGraph } from "../graph";
import { type PolicyInfo, type PolicySeverity } from "../policies/results";
import { type ResourceName } from "../problem";
import { findingsOf, namedPacks, pageOf, type PolicyFinding } from "./findings";
import { fingerprints } from "./fingerprints";
import { namesOf } from "./names";
import { type Report } from "./report";
import { visible, visibleLine } from "./visible";

/** GitHub shows no more results of one run. */
const MOST_RESULTS = 5000;
const MOST_NOTIFICATIONS = 500;

/** GitHub takes 10 MB. Results get what rules and notifications leave. */
const MOST_BYTES = 9_000_000;
const MOST_RULE_BYTES = 3_000_000;
const MOST_NOTIFICATION_BYTES = 1_000_000;

const MOST_MESSAGE = 1000;
const MOST_NAME = 200;
const MOST_URN = 1000;

/** GitHub reads a number: above 9 is critical, from 7 high, from 4 medium. */
const SECURITY_SEVERITY: Record<PolicySeverity, string> = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" };

const LEVELS: Record<PolicyFinding["kind"], string> = {
  mandatory: "error",
  advisory: "warning",
  "cannot tell": "note",
};

const NOTIFICATION_LEVELS: Record<Diagnostic["severity"], string> = {
  error: "error",
  warning: "warning",
  info: "note",
  "info#err": "note",
};

/** What the SARIF report must know beside the graph. */
export interface SarifOptions {
  /**
   * Version of Kiln.
   * @default - left out
   */
  version?: string;
  /**
   * Path of the project's file from the root of the repository, with `/`, such as `infra/Pulumi.yaml`.
   * @default "Pulumi.yaml"
   */
  projectFile?: string;
}

/** SARIF 2.1.0, for the code scanning of GitHub and others: rules from the packs, results from what they found. */
export function sarifReport(report: Report, { version, projectFile = "Pulumi.yaml" }: SarifOptions): string {
  const { graph } = report;
  const findings = findingsOf(graph);
  const all = rulesOf(graph, findings);
  const rules = keptRules(all, findings);
  const index = new Map([...rules.keys()].map((id, at) => [id, at]));
  const told = findings.filter((finding) => index.has(ruleId(finding))).slice(0, MOST_RESULTS);
  const prints = fingerprints(told);
  const names = namesOf(report);
  const said = notifications(graph);
  const results = fitting(
    told.map((finding, at) => ({
      ruleId: ruleId(finding),
      ruleIndex: index.get(ruleId(finding)),
      level: LEVELS[finding.kind],
      message: { text: messageOf(finding) },
      locations: [locationOf(finding, names, projectFile)],
      partialFingerprints: prints[at],
    })),
    MOST_BYTES - bytesOf([...rules.values()]) - bytesOf(said),
  );
  const notes = [
    ...leftOut(findings.length - results.length, "results"),
    ...leftOut(all.size - rules.size, "policies"),
    ...leftOut(graph.diagnostics.length - said.length, "messages"),
  ];
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "kiln", version, rules: [...rules.values()] } },
        automationDetails: { id: `kiln-preview/${part(graph.project)}/${part(graph.stack)}/` },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: [...notes, ...said],
          },
        ],
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "The root of the repository." } } },
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** The first of a list that take so many bytes in the report. */
function fitting<T>(items: T[], most: number): T[] {
  let room = most;
  const end = items.findIndex((item) => (room -= bytesOf(item)) < 0);
  return end < 0 ? items : items.slice(0, end);
}

function bytesOf(item: unknown): number {
  const text = JSON.stringify(item, null, 2);
  // Of the deepest of these lists.
  const indent = 12;
  return Buffer.byteLength(text) + indent * text.split("\n").length;
}

/** Those that results need go before the others. */
function keptRules(all: Map<string, object>, findings: PolicyFinding[]): Map<string, object> {
  const used = new Set(findings.map(ruleId));
  const entries = [...all];
  const byUse = [...entries.filter(([id]) => used.has(id)), ...entries.filter(([id]) => !used.has(id))];
  const kept = new Set(fitting(byUse, MOST_RULE_BYTES));
  return new Map(entries.filter((entry) => kept.has(entry)));
}

function ruleId({ pack, policy }: Pick<PolicyFinding, "pack" | "policy">): string {
  return `${part(pack)}/${part(policy.name)}`;
}

/** Rules by their id: those of the packs, and what their findings name besides. */
function rulesOf({ policyPacks = [] }: PreviewGraph, findings: PolicyFinding[]): Map<string, object> {
  const rules = new Map<string, object>();
  const listed = namedPacks(policyPacks).flatMap(({ name: pack, policies }) =>
    policies.map((policy) => ({ pack, policy })),
  );
  for (const one of [...listed, ...findings])
    if (!rules.has(ruleId(one))) rules.set(ruleId(one), ruleOf(ruleId(one), one.policy));
  return rules;
}

function ruleOf(id: string, policy: PolicyInfo): object {
  const { description, remediationSteps, level, severity } = policy;
  return {
    id,
    name: visibleLine(policy.name, MOST_NAME),
    shortDescription: { text: textOf(description || policy.name) },
    help: { text: textOf(remediationSteps ?? (description || policy.name)) },
    helpUri: pageOf(policy),
    defaultConfiguration: { level: level === "mandatory" ? "error" : "warning" },
    properties: {
      tags: ["security", "policy"],
      "security-severity": severity && SECURITY_SEVERITY[severity],
    },
  };
}

function messageOf({ kind, message }: PolicyFinding): string {
  const text = textOf(message);
  return kind === "cannot tell" ? `Cannot tell yet: ${text}` : text;
}

/** GitHub shows no result without a place in a file; the graph knows no lines, so that it is the project's file. */
function locationOf({ urn }: PolicyFinding, names: ReadonlyMap<string, ResourceName>, projectFile: string): object {
  const resource = urn === undefined ? undefined : names.get(urn);
  return {
    physicalLocation: {
      artifactLocation: { uri: encodeURI(projectFile), uriBaseId: "%SRCROOT%" },
      region: { startLine: 1 },
    },
    logicalLocations:
      urn === undefined
        ? undefined
        : [
            {
              name: visibleLine(resource?.name ?? urn, MOST_NAME),
              fullyQualifiedName: visibleLine(urn, MOST_URN),
              kind: "resource",
            },
          ],
  };
}

function notifications({ diagnostics }: PreviewGraph): object[] {
  const said = diagnostics.slice(0, MOST_NOTIFICATIONS).map(({ severity, message, urn }) => ({
    level: NOTIFICATION_LEVELS[severity],
    message: { text: textOf(message) },
    locations:
      urn === undefined ? undefined : [{ logicalLocations: [{ fullyQualifiedName: visibleLine(urn, MOST_URN) }] }],
  }));
  return fitting(said, MOST_NOTIFICATION_BYTES);
}

function leftOut(count: number, what: string): object[] {
  return count > 0 ? [{ level: "warning", message: { text: `${count} more ${what}; --format json has all.` } }] : [];
}

/** A part of an id: without the separator. */
function part(text: string): string {
  return visibleLine(text, MOST_NAME).replaceAll("/", "_") || "_";
}

/** `[text](target)` is a link in SARIF's messages. */
function textOf(text: string): string {
  return visible(text.slice(0, MOST_MESSAGE)).replace(/\](?=\()/g, "\\]") || "(empty)";
}
