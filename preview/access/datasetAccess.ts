import { type GraphResource } from "../graph";
import { type GraphValue, markerOf } from "../graphValue";
import { conditionText, fieldsOf, textOf } from "./text";

/** Who gets what, without where. */
export interface Bound {
  member: string;
  role: string;
  condition?: string;
}

/** A dataset's basic roles by the roles that BigQuery makes of them. https://cloud.google.com/bigquery/docs/access-control-basic-roles */
const BASIC_ROLES = new Map(
  Object.entries({
    OWNER: "roles/bigquery.dataOwner",
    READER: "roles/bigquery.dataViewer",
    WRITER: "roles/bigquery.dataEditor",
  }),
);

/** Inputs that name who gets access, with the prefix of the member. */
const MEMBERS: [input: string, prefix: string][] = [
  ["userByEmail", "user:"],
  ["groupByEmail", "group:"],
  ["domain", "domain:"],
  ["specialGroup", ""],
  ["iamMember", ""],
];

/** Inputs that let another resource read the dataset for whoever may read that resource. */
const READERS = ["view", "routine", "dataset", "authorizedDataset"];

/** Grants in the input `accesses` of a dataset. */
export function datasetAccesses(dataset: GraphResource): Bound[] {
  const { accesses } = dataset.inputs;
  if (Array.isArray(accesses)) return accesses.flatMap((access) => boundBy(access, dataset, "accesses"));
  return accesses === undefined ? [] : [{ member: textOf(accesses, dataset, "accesses"), role: "[unknown]" }];
}

/** The grant of one `DatasetAccess`. */
export function singleAccess(access: GraphResource): Bound[] {
  return boundBy(access.inputs, access);
}

function boundBy(access: GraphValue, owner: GraphResource, input?: string): Bound[] {
  if (markerOf(access) === "unknown" || typeof access === "string")
    return [{ member: textOf(access, owner, input), role: "[unknown]" }];
  const fields = fieldsOf(access);
  const role = textOf(fields.role, owner, input ?? "role");
  const condition = conditionText(fields.condition);
  const people = MEMBERS.filter(([key]) => fields[key] !== undefined).map(([key, prefix]) => {
    const text = textOf(fields[key], owner, input ?? key);
    return {
      member: text.startsWith("[") ? text : `${prefix}${text}`,
      role: BASIC_ROLES.get(role) ?? role,
      ...condition,
    };
  });
  const readers = READERS.filter((key) => fields[key] !== undefined).map((key) => ({
    member: `${key} ${textOf(fields[key], owner, input ?? key)}`,
    role: "reads the dataset",
  }));
  return [...people, ...readers];
}
