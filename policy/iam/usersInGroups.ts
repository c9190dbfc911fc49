import { DATASET, DATASET_ACCESS } from "../logs/datasets";
import { type Finding, type PolicyResource, type ResourceRule } from "../rule";
import { at, entries, type Inputs, UNKNOWN, type Value } from "../value";
import { type Entity, LISTS } from "./accessLists";
import { isGrantType } from "./grants";
import { memberFindings } from "./members";

/** Lists that name people, beside grants: those of Cloud Storage and those of BigQuery's datasets. */
const PEOPLE: Readonly<Record<string, (inputs: Inputs) => Entity[]>> = {
  ...LISTS,
  [DATASET]: ({ accesses }) => entries(accesses).map((access, place) => userOf(access, `accesses[${place}].`)),
  [DATASET_ACCESS]: (inputs) => [userOf(inputs, "")],
};

const VIOLATION = "A single person is granted this role by name.";

/** People get access through groups. */
export const usersInGroups: ResourceRule = {
  id: "iam-users-in-groups",
  what: "People are granted roles through groups, not by name.",
  why: "Who joins or leaves a team is then added or removed in one place, without a deployment. Grants to single people outlive their work: nobody dares to delete them, and reviews have to be made person by person.",
  fix: "Put the person into a group and name that in `member` or `members`, as `group:platform@acme.example`.",
  severity: "medium",
  level: "advisory",
  link: "https://cloud.google.com/iam/docs/groups-best-practices",
  types: (type) => isGrantType(type) || Object.hasOwn(PEOPLE, type),
  check: (resource) =>
    Object.hasOwn(PEOPLE, resource.type) ? listFindings(resource) : memberFindings(resource, isPerson, VIOLATION),
};

function listFindings({ type, inputs }: PolicyResource): Finding[] {
  return PEOPLE[type](inputs).flatMap(({ path, value }): Finding[] => {
    if (value === UNKNOWN) return [{ path, cannotTell: true }];
    return isPerson(value) ? [{ path, violation: VIOLATION }] : [];
  });
}

/** What BigQuery calls a user may be a service account. */
function userOf(access: Value | Inputs, place: string): Entity {
  const email = at(access, "userByEmail");
  return { path: `${place}userByEmail`, value: typeof email === "string" && email !== "" ? `user:${email}` : email };
}

/** `user:ada@acme.example` in a grant, `OWNER:user-ada@acme.example` in a list, or somebody of a workforce pool. */
const PERSON =
  /^((deleted:)?user:|((OWNER|READER|WRITER):)?user-|(deleted:)?principal:\/\/iam\.googleapis\.com\/locations\/global\/workforcePools\/[^/]+\/subject\/)/i;

function isPerson(member: Value): boolean {
  return typeof member === "string" && PERSON.test(member) && !member.endsWith(".gserviceaccount.com");
}
