import { type ResourceRule } from "../rule";
import { isGrantType } from "./grants";
import { memberFindings } from "./members";

/** People get access through groups. */
export const usersInGroups: ResourceRule = {
  id: "iam-users-in-groups",
  what: "People are granted roles through groups, not by name.",
  why: "Who joins or leaves a team is then added or removed in one place, without a deployment. Grants to single people outlive their work: nobody dares to delete them, and reviews have to be made person by person.",
  fix: "Put the person into a group and name that in `member` or `members`, as `group:platform@acme.example`.",
  severity: "medium",
  level: "advisory",
  link: "https://cloud.google.com/iam/docs/groups-best-practices",
  types: isGrantType,
  check: (resource) =>
    memberFindings(
      resource,
      (member) => typeof member === "string" && /^(deleted:)?user:/i.test(member),
      "A single person is granted this role by name.",
    ),
};
