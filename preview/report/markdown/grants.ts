import { type Comparison, type Grant } from "../../compare/comparison";
import { type Report } from "../report";
import { type Section } from "./budget";
import { code, tableHead, tableRow } from "./code";

/** How a change alters who may do what. */
export function grantChangeSection({ grants: { added, removed, flipped } }: Comparison): Section {
  const rowsOf = (grants: Grant[], what: string) =>
    grants.map((grant) => tableRow([what, code(grant.member), code(grant.role), whereText(grant)]));
  const rows = [
    ...rowsOf(added, "**added**"),
    ...rowsOf(removed, "removed"),
    ...flipped.map((grant) =>
      tableRow([
        grant.authoritative ? "**now replaces all others**" : "no longer replaces others",
        code(grant.member),
        code(grant.role),
        whereText(grant),
      ]),
    ),
  ];
  const head = tableHead(["Change", "Who", "Role", "Where"]);
  return { title: "Grants", isOpen: true, rank: 3, head, rows, tail: [] };
}

/** Who may do what, where; a member's name stands in its first row alone. */
export function grantSection({ grants }: Report): Section {
  const rows = grants.map((grant, at) => {
    const isSame = grants[at - 1]?.member === grant.member;
    return tableRow([isSame ? "" : code(grant.member), code(grant.role), whereText(grant)]);
  });
  return { title: "IAM", isOpen: false, rank: 10, head: tableHead(["Who", "Role", "Where"]), rows, tail: [] };
}

function whereText({ resource, condition, authoritative }: Grant): string {
  return [
    code(resource),
    condition === undefined ? "" : ` if ${code(condition)}`,
    authoritative ? ", replaces all others" : "",
  ].join("");
}
