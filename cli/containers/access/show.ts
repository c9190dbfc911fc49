import { type AccessRow, hintsOf } from "../../../core/access/accessReport";
import { ENVIRONMENT_NAMES } from "../../../core/access/environments";
import { componentCode, gcloudCommands } from "../../../core/access/fixes";
import { PULL_PERMISSION } from "../../../core/access/pullRoles";
import { json, table } from "../../images/print";

/** Who may pull what, for people: what is missing comes with what grants it. */
export function accessTable(rows: readonly AccessRow[]): string {
  const lines = rows.map((row) => [
    ENVIRONMENT_NAMES[row.environment],
    row.project,
    row.account ?? "-",
    row.repository,
    stateOf(row),
  ]);
  const parts = [
    table(["ENVIRONMENT", "PROJECT", "ACCOUNT", "REPOSITORY", "MAY PULL"], lines),
    `\n${summary(rows)}\n`,
    ...(rows.some(({ state }) => state === "missing") ? [fix(rows)] : []),
    hints(rows),
  ];
  return parts.join("");
}

/** The same for programs. */
export function accessJson(rows: readonly AccessRow[]): string {
  return json({ rows, code: componentCode(rows), commands: gcloudCommands(rows), hints: hintsOf(rows) });
}

function stateOf({ state, by, why }: AccessRow): string {
  if (state === "granted") return `yes: ${by}`;
  return state === "missing" ? "no" : `cannot tell: ${why?.join("; ")}`;
}

function summary(rows: readonly AccessRow[]): string {
  const count = (wanted: AccessRow["state"]) => rows.filter(({ state }) => state === wanted).length;
  return `${count("granted")} may pull, ${count("missing")} may not, ${count("unknown")} cannot be told; each needs ${PULL_PERMISSION} on its repository`;
}

function fix(rows: readonly AccessRow[]): string {
  return [
    "\nAdd the readers to the ContainerRegistry that has the repositories:\n\n",
    componentCode(rows),
    "\nWhere no program has them:\n\n",
    ...gcloudCommands(rows).map((command) => `${command}\n`),
  ].join("");
}

function hints(rows: readonly AccessRow[]): string {
  const lines = hintsOf(rows).map((hint) => `- ${hint}\n`);
  return lines.length === 0 ? "" : `\nGrants are not all; look at this besides:\n${lines.join("")}`;
}
