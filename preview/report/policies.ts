import { compareText } from "../graph";
import { type ResourceName } from "../problem";
import { type PolicyInfo, type PolicyPackResult, type PolicyUnknown, type PolicyViolation } from "../policies/results";
import { nameFor, namesOf } from "./names";
import { type Paint } from "./paint";
import { plainLine, plainName, plainText, shortLine } from "./plainText";
import { type Report } from "./report";
import { displayType } from "./typeName";
import { counted } from "./verdict";

/** Of many resources with one message, and of many messages of one policy, so many are shown; JSON has them all. */
const MAX_RESOURCES = 10;
const MAX_MESSAGES = 20;

/** Of what a pack says, by level and policy, so much is shown. */
const MAX_GROUPS = 200;

/** Of a long message so much is shown. */
const MAX_LENGTH = 2000;

/** How a section is written. */
interface Style {
  paint: Paint;
  names: ReadonlyMap<string, ResourceName>;
}

/** What policy packs say, one pack after the other. */
export function policyLines(report: Report, paint: Paint): string[] {
  const { policyPacks = [], resources } = report.graph;
  const judged = resources.filter(({ read }) => read === undefined).length;
  const style = { paint, names: namesOf(report) };
  return policyPacks.flatMap((pack) => packLines(pack, judged, style));
}

function packLines(pack: PolicyPackResult, judged: number, style: Style): string[] {
  const name = style.paint.bold(`${plainName(pack.name)}@${plainName(pack.version)}`);
  const policies = pack.policies.length === 1 ? "1 policy" : `${pack.policies.length} policies`;
  const found = [...violationGroups(pack, style), ...remediationGroups(pack, style), ...unknownGroups(pack, style)];
  const left = found.length - MAX_GROUPS;
  return [
    `${name}: ${policies} looked at ${counted(judged, "resource")}, ${summary(pack)}`,
    ...indented(found.slice(0, MAX_GROUPS).flat()),
    ...(left > 0 ? [style.paint.dim(`  ${left} more; see --format json`)] : []),
  ];
}

function summary({ violations, remediations, unknowns }: PolicyPackResult): string {
  const mandatory = violations.filter(({ level }) => level === "mandatory").length;
  const advisory = violations.length - mandatory;
  const said = [
    mandatory > 0 ? counted(mandatory, "mandatory violation") : "",
    advisory > 0 ? counted(advisory, "advisory violation") : "",
    remediations.length > 0 ? counted(remediations.length, "remediation") : "",
    unknowns.length > 0 ? `${unknowns.length} cannot be told yet` : "",
  ].filter((part) => part !== "");
  return said.length > 0 ? said.join(", ") : "nothing is wrong";
}

function violationGroups({ violations, policies }: PolicyPackResult, style: Style): string[][] {
  return groups(violations, ({ level, policy }) => `${level} ${policy}`).map((group) => {
    const [{ level, policy, severity }] = group;
    const info = infoOf(policies, policy);
    const mark = level === "mandatory" ? style.paint.red("mandatory") : style.paint.yellow("advisory");
    const lines = [...findingLines(group, style), ...adviceLines(info, group, style.paint)];
    return [`${mark}  ${heading(policy, info)}${severity ? ` (${severity})` : ""}`, ...indented(lines)];
  });
}

function remediationGroups({ remediations, policies }: PolicyPackResult, style: Style): string[][] {
  const findings = remediations.map(({ policy, urn, inputs, problem }) => ({
    policy,
    urn,
    message: problem === undefined ? `changes ${inputs.map(plainLine).join(", ")}` : `cannot be changed: ${problem}`,
  }));
  return groups(findings, ({ policy }) => policy).map((group) => {
    const [{ policy }] = group;
    const mark = style.paint.green("remediate");
    return [`${mark}  ${heading(policy, infoOf(policies, policy))}`, ...indented(findingLines(group, style))];
  });
}

function unknownGroups({ unknowns, policies }: PolicyPackResult, style: Style): string[][] {
  return groups(unknowns, ({ policy }) => policy).map((group: PolicyUnknown[]) => {
    const [{ policy }] = group;
    const mark = style.paint.magenta("cannot tell yet");
    return [`${mark}  ${heading(policy, infoOf(policies, policy))}`, ...indented(findingLines(group, style))];
  });
}

function infoOf(policies: PolicyInfo[], policy: string): PolicyInfo | undefined {
  return policies.find(({ name }) => name === policy);
}

function indented(lines: string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

function heading(policy: string, info: PolicyInfo | undefined): string {
  const description = info?.description ?? "";
  return description === "" ? plainName(policy) : `${plainName(policy)}: ${shortLine(description, MAX_LENGTH)}`;
}

/** Resources with one message stand together. */
function findingLines(findings: Pick<PolicyViolation, "urn" | "message">[], { paint, names }: Style): string[] {
  const byMessage = groups(findings, ({ message }) => message).sort(([a], [b]) => compareText(a.message, b.message));
  const left = byMessage.length - MAX_MESSAGES;
  return [
    ...byMessage.slice(0, MAX_MESSAGES).flatMap((group) => messageLines(group, names)),
    ...(left > 0 ? [paint.dim(`and ${counted(left, "more message")}; --format json shows all`)] : []),
  ];
}

function messageLines(
  group: Pick<PolicyViolation, "urn" | "message">[],
  names: ReadonlyMap<string, ResourceName>,
): string[] {
  const [{ message, urn }] = group;
  const short = message.length > MAX_LENGTH ? `${message.slice(0, MAX_LENGTH)}…` : message;
  const [first, ...rest] = plainText(short).split("\n");
  if (group.length === 1) return [`${resourceText(urn, names)}: ${first}`, ...indented(rest)];
  const left = group.length - MAX_RESOURCES;
  const resources = group.slice(0, MAX_RESOURCES).map((finding) => `- ${resourceText(finding.urn, names)}`);
  return [first, ...rest, ...resources, ...(left > 0 ? [`- and ${left} more`] : [])];
}

/** Steps that every message holds already are not said again. */
function adviceLines(info: PolicyInfo | undefined, group: PolicyViolation[], paint: Paint): string[] {
  const steps = info?.remediationSteps ?? "";
  const isSaid = group.every(({ message }) => message.includes(steps));
  const [first, ...rest] = isSaid ? [""] : plainText(steps.slice(0, MAX_LENGTH)).trim().split("\n");
  return [first === "" ? "" : `fix: ${first}`, ...rest, shortLine(info?.url ?? "", MAX_LENGTH)]
    .filter((line) => line.trim() !== "")
    .map((line) => paint.dim(line));
}

function resourceText(urn: string | undefined, names: ReadonlyMap<string, ResourceName>): string {
  const resource = urn === undefined ? undefined : nameFor(urn, names);
  return resource ? `${displayType(resource.type)} ${plainName(resource.name)}` : "the stack";
}

function groups<T>(items: T[], key: (item: T) => string): [T, ...T[]][] {
  const byKey = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = byKey.get(key(item));
    if (group) group.push(item);
    else byKey.set(key(item), [item]);
  }
  return [...byKey.values()];
}
