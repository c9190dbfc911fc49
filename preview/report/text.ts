import { compareText, type PreviewGraph } from "../graph";
import { type GraphValue, markerOf } from "../graphValue";
import { accessLines } from "./access";
import { comparisonLines } from "./comparison";
import { costLines } from "./costs";
import { diagnosticLines } from "./diagnostics";
import { limitsOf } from "./limits";
import { NO_COLOURS, type Paint } from "./paint";
import { plainLine, plainName, shortLine } from "./plainText";
import { policyLines } from "./policies";
import { type Report } from "./report";
import { requirementsOfGraph } from "./requirements";
import { treeLines } from "./tree";
import { displayType } from "./typeName";

/** Longest value of an output that is shown whole. */
const MAX_VALUE = 90;

/** Outputs, and look-ups without an answer, that are shown. */
const MAX_LINES = 200;

/** Longest look-up that is shown whole. */
const MAX_LOOKUP = 4000;

/** The report for a terminal. */
export function textReport(report: Report, paint: Paint = NO_COLOURS): string {
  const { graph, comparison, grants, costs } = report;
  const sections = [
    [paint.bold(`Preview of ${plainName(graph.project)}, stack ${plainName(graph.stack)} (${graph.source})`)],
    comparison ? comparisonLines(comparison, paint) : [],
    treeLines(graph, paint),
    changes(graph, paint),
    counts(graph, paint),
    ...requirements(graph, paint),
    accessLines(grants, paint),
    costs ? costLines(costs, paint) : [],
    outputs(graph, paint),
    messages(graph, paint),
    lookups(graph, paint),
    section("Policies", policyLines(report, paint), paint),
    limitsOf({ graph, comparison }),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function section(title: string, lines: string[], paint: Paint): string[] {
  return lines.length > 0 ? [paint.bold(title), ...lines.map((line) => `  ${line}`)] : [];
}

function changes({ changeSummary }: PreviewGraph, paint: Paint): string[] {
  const entries = Object.entries(changeSummary ?? {}).sort(([a], [b]) => compareText(a, b));
  return section(
    "Changes",
    entries.map(([op, count]) => `${count} ${op === "same" ? "unchanged" : `to ${plainLine(op)}`}`),
    paint,
  );
}

function counts({ resources }: PreviewGraph, paint: Paint): string[] {
  const byType = new Map<string, number>();
  for (const { type } of resources) byType.set(displayType(type), (byType.get(displayType(type)) ?? 0) + 1);
  const width = Math.max(0, ...[...byType.values()].map((count) => String(count).length));
  const lines = [...byType]
    .sort(([a], [b]) => compareText(a, b))
    .map(([type, count]) => `${String(count).padStart(width)}  ${type}`);
  return section(`Resources: ${resources.length}`, lines, paint);
}

function requirements(graph: PreviewGraph, paint: Paint): string[][] {
  const { apis, roles, unknownTypes } = requirementsOfGraph(graph);
  return [
    section("APIs that the deployer needs", apis, paint),
    section("Roles that the deployer needs", roles, paint),
    section("Types whose APIs and roles Kiln does not know", unknownTypes.map(displayType), paint),
  ];
}

function outputs(graph: PreviewGraph, paint: Paint): string[] {
  const all = Object.entries(graph.outputs);
  const entries = all.slice(0, MAX_LINES);
  const width = Math.max(0, ...entries.map(([name]) => plainName(name).length));
  return section(
    "Outputs",
    [
      ...entries.map(([name, value]) => `${plainName(name).padEnd(width)}: ${shownValue(value)}`),
      ...more(all.length - entries.length),
    ],
    paint,
  );
}

function shownValue(value: GraphValue): string {
  if (markerOf(value) === "unknown") return "[unknown]";
  if (value === "[secret]") return value;
  const json = plainLine(JSON.stringify(value).replaceAll('{"$unknown":true}', "[unknown]"));
  return json.length > MAX_VALUE ? `${json.slice(0, MAX_VALUE)}…` : json;
}

function messages({ diagnostics, resources }: PreviewGraph, paint: Paint): string[] {
  const names = new Map(resources.map((resource) => [resource.urn, resource]));
  return section("Diagnostics", diagnosticLines(diagnostics, names, paint), paint);
}

function lookups({ lookups: asked }: PreviewGraph, paint: Paint): string[] {
  const open = asked.filter(({ answered }) => !answered);
  const lines = open.slice(0, MAX_LINES).map(({ token, args }) => answerToAdd(token, args));
  const all = [...lines, ...more(open.length - lines.length)];
  return section("Look-ups without an answer; add it to a file and pass --answers FILE", all, paint);
}

function more(count: number): string[] {
  return count > 0 ? [`${count} more; see --format json`] : [];
}

function answerToAdd(token: string, args: Record<string, GraphValue>): string {
  const entry =
    token === "pulumi:pulumi:StackReference"
      ? { stackReferences: { [typeof args.name === "string" ? args.name : ""]: {} } }
      : { invokes: [{ token, args, return: {} }] };
  return shortLine(JSON.stringify(entry), MAX_LOOKUP);
}
