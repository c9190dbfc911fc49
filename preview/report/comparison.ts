import { ChangeKind, type Comparison, type InputChange, type ResourceChange } from "../compare/comparison";
import { beforeAfter } from "./changes";
import { type Paint } from "./paint";
import { plainLine, plainName, shortLine } from "./plainText";
import { displayType } from "./typeName";

/** Marks of changes, as in the tree. */
const MARKS: Record<ChangeKind, [mark: string, colour: "green" | "yellow" | "red" | "magenta"]> = {
  create: ["+ ", "green"],
  update: ["~ ", "yellow"],
  replace: ["+-", "magenta"],
  delete: ["- ", "red"],
  rename: ["->", "yellow"],
};

/** A terminal shows so many changes, and so many inputs of each; the other formats show more. */
const MOST_CHANGES = 200;
const MOST_INPUTS = 20;

/** Characters of a sentence or a URN. */
const MOST_LINE = 1000;

/** Characters of a value. */
const MOST_VALUE = 60;

/** What the change does, the gravest first. */
export function comparisonLines(comparison: Comparison, paint: Paint): string[] {
  const { summary, changes, unchanged, outputs } = comparison;
  const lines = [
    ...changes.slice(0, MOST_CHANGES).flatMap((change) => changeLines(change, paint)),
    ...more(changes.length - MOST_CHANGES, "changes"),
    ...outputs.slice(0, MOST_INPUTS).map((change) => `~  output ${differenceLine(change)}`),
    ...more(outputs.length - MOST_INPUTS, "outputs"),
    ...grantLines(comparison, paint),
    ...comparison.requirements.apis.map((api) => `new: API ${api}`),
    ...comparison.requirements.roles.map((role) => `new: role ${role}`),
    `${unchanged} unchanged`,
  ];
  return [paint.bold(`Compared with the base: ${plainLine(summary)}`), ...lines.map((line) => `  ${line}`)];
}

function changeLines(change: ResourceChange, paint: Paint): string[] {
  const { kind, type, name, oldUrn, inputs, options, losesProtection, holds, hint } = change;
  const [mark, colour] = MARKS[kind];
  const replaced = kind === ChangeKind.Replace ? paint.magenta("  replaces it") : "";
  const differences = [...options, ...inputs];
  return [
    `${paint[colour](mark)} ${displayType(type)} ${plainName(name)}`,
    ...(losesProtection ? [`   ${paint.red("! loses protection")}`] : []),
    ...(holds === undefined ? [] : [`   ${paint.red(`! ${holds}`)}`]),
    ...(oldUrn === undefined ? [] : [`   was ${shortLine(oldUrn, MOST_LINE)}`]),
    ...differences.slice(0, MOST_INPUTS).map((one) => `   ~ ${differenceLine(one)}${one.replaces ? replaced : ""}`),
    ...more(differences.length - MOST_INPUTS, "inputs").map((line) => `   ${line}`),
    ...(hint === undefined ? [] : [`   ${shortLine(hint, MOST_LINE)}`]),
  ];
}

/** `path: before → after`, with "nothing" where an input comes or goes. */
function differenceLine(change: InputChange): string {
  const { before = "nothing", after = "nothing" } = beforeAfter(change, MOST_VALUE);
  return plainLine(`${plainName(change.path)}: ${before} → ${after}`);
}

function more(count: number, what: string): string[] {
  return count > 0 ? [`… and ${count} more ${what}; --format json shows all`] : [];
}

function grantLines({ grants: { added, removed, flipped } }: Comparison, paint: Paint): string[] {
  const rows = [
    ...removed.map((grant) => ({ mark: paint.red("- "), what: "loses", grant })),
    ...flipped.map((grant) => ({ mark: paint.yellow("! "), what: "keeps", grant })),
    ...added.map((grant) => ({ mark: paint.green("+ "), what: "gets", grant })),
  ];
  const lines = rows.slice(0, MOST_CHANGES).map(({ mark, what, grant }) => {
    const { member, role, resource, condition, authoritative } = grant;
    const end = what === "keeps" ? `, now ${authoritative ? "authoritative" : "additive"}` : "";
    const when = condition === undefined ? "" : ` if ${condition}`;
    return `${mark} ${plainLine(`${plainName(member)} ${what} ${plainName(role)} on ${shortLine(`${resource}${when}`, MOST_LINE)}${end}`)}`;
  });
  return [...lines, ...more(rows.length - MOST_CHANGES, "grants")];
}
