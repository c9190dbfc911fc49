import { type PreviewGraph } from "../../graph";
import { countText, driversText } from "../costs";
import { diagnosticLines } from "../diagnostics";
import { limitsOf } from "../limits";
import { namesOf } from "../names";
import { NO_COLOURS } from "../paint";
import { type Report } from "../report";
import { requirementsOfGraph } from "../requirements";
import { valueText } from "../valueText";
import { visible, visibleLine } from "../visible";
import { type Section } from "./budget";
import { code, prose, tableHead, tableRow } from "./code";
import { fenced, resourceText } from "./resources";

const MOST_LINE = 300;
const MOST_MESSAGE = 10_000;

/** What a change newly asks of the deployer; what a program asks, where nothing is compared. */
export function requirementSections({ graph, comparison }: Report): Section[] {
  const { apis, roles, unknownTypes } = requirementsOfGraph(graph);
  const list = (names: string[]) => names.map((name) => `- ${code(name)}`);
  const needed = comparison?.requirements ?? { apis: [], roles: [] };
  return [
    {
      ...{ title: "What the deployer newly needs", isOpen: true, rank: 3, head: [], tail: [] },
      rows: list([...needed.apis, ...needed.roles]),
    },
    {
      ...{ title: "APIs and roles that the deployer needs", isOpen: false, rank: 8, head: [], tail: [] },
      rows: [...list([...apis, ...roles]), ...unknownTypes.map((type) => `- unknown for ${code(type)}`)],
    },
  ];
}

/** Billable things. */
export function costSection({ costs = [] }: Report): Section {
  const rows = costs.map((billable) =>
    tableRow([
      `[${prose(billable.kind, 100)}](<${billable.link}>)`,
      countText(billable),
      prose(driversText(billable), MOST_LINE),
    ]),
  );
  const head = tableHead(["What is billed", "Count", "What drives the bill"]);
  return { title: "Billable things", isOpen: false, rank: 7, head, rows, tail: [] };
}

/** What policies changed before it was registered. */
export function remediationSection(report: Report): Section {
  const names = namesOf(report);
  const rows = (report.graph.policyPacks ?? [])
    .flatMap(({ remediations }) => remediations)
    .map(({ policy, urn, inputs, problem }) =>
      tableRow([
        code(policy),
        resourceText(urn, names),
        problem === undefined
          ? inputs
              .slice(0, 20)
              .map((input) => code(input))
              .join(", ")
          : prose(problem, MOST_LINE),
      ]),
    );
  const head = tableHead(["Policy", "Resource", "Inputs that it set, or why it could not"]);
  return { title: "Remediations", isOpen: false, rank: 5, head, rows, tail: [] };
}

/** Outputs of the stack. */
export function outputSection({ outputs }: PreviewGraph): Section {
  const rows = Object.keys(outputs).map((name) => `- ${code(name)}: ${code(valueText(outputs[name], 200), 210)}`);
  return { title: "Outputs", isOpen: false, rank: 9, head: [], rows, tail: [] };
}

/** What the program and the preview said. */
export function diagnosticSection(report: Report): Section {
  const short = report.graph.diagnostics.map(({ message, ...rest }) => ({
    ...rest,
    message: visible(message.slice(0, MOST_MESSAGE)),
  }));
  const rows = diagnosticLines(short, namesOf(report), NO_COLOURS).map((line) => lineOf(line));
  return fenced({ title: "Diagnostics", isOpen: false, rank: 6, rows, count: short.length });
}

function lineOf(line: string): string {
  const indent = /^ */.exec(line)?.[0] ?? "";
  return indent.slice(0, MOST_LINE) + visibleLine(line.slice(indent.length), MOST_LINE);
}

/** Look-ups that count as unknown. */
export function lookupSection({ lookups }: PreviewGraph): Section {
  const rows = lookups
    .filter(({ answered }) => !answered)
    .map(({ token, args }) => `- ${code(token)} ${code(valueText(args, 200), 210)}`);
  return { title: "Look-ups without an answer", isOpen: false, rank: 9, head: [], rows, tail: [] };
}

/** What a reader must not take the preview for. */
export function limitSection(report: Report): Section {
  const head = [limitsOf(report).join(" ")];
  return { title: "", isOpen: true, rank: 0, head, rows: [], tail: [] };
}
