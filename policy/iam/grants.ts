import { type PolicyResource } from "../rule";
import { entries, type Inputs, UNKNOWN, type Value } from "../value";

/** How a resource grants: one member of a role, all members of a role, or all roles of what it is about. */
export type GrantKind = "Member" | "Binding" | "Policy";

/** A role and who has it. */
export interface RoleGrant {
  role: Value;
  /** Path of the role, for messages. */
  rolePath: string;
  members: readonly { member: Value; path: string }[];
  /** Text that tells conditions apart. */
  condition: Value;
}

/** Everything that one resource grants. */
export interface ResourceGrants {
  kind: GrantKind;
  /** What the grants are on, as `gcp:projects/` or `gcp:storage/bucket`. */
  target: string;
  /** {@link UNKNOWN} where the whole policy is not known. */
  grants: readonly RoleGrant[] | typeof UNKNOWN;
}

const TYPE = /^gcp:(\w+)\/\w+:(\w*?)I[Aa][Mm](Member|Binding|Policy)$/;

/** Whether resources of a type grant roles; that is so for every service of Google's that has IAM policies. */
export function isGrantType(type: string): boolean {
  return TYPE.test(type);
}

/** What grants of a type are on, as `gcp:compute/Image`; undefined for types that grant nothing. */
export function targetOf(type: string): string | undefined {
  const match = TYPE.exec(type);
  return match ? `gcp:${match[1]}/${match[2]}` : undefined;
}

/** What a resource grants; undefined where its type grants nothing. */
export function grantsOf({ type, inputs }: Pick<PolicyResource, "type" | "inputs">): ResourceGrants | undefined {
  const match = TYPE.exec(type);
  if (!match) return undefined;
  const kind = match[3] as GrantKind;
  return { kind, target: `gcp:${match[1]}/${match[2]}`, grants: READERS[kind](inputs) };
}

const READERS: Record<GrantKind, (inputs: Inputs) => readonly RoleGrant[] | typeof UNKNOWN> = {
  Member: ({ role, member, condition }) => [
    { role, rolePath: "role", members: [{ member, path: "member" }], condition: conditionOf(condition) },
  ],
  Binding: ({ role, members, condition }) => [
    { role, rolePath: "role", members: membersAt(members, "members"), condition: conditionOf(condition) },
  ],
  Policy: ({ policyData }) => {
    if (policyData === UNKNOWN) return UNKNOWN;
    return bindingsOf(policyData).map(({ role, members, condition }, place) => ({
      role,
      rolePath: `policyData.bindings[${place}].role`,
      members: membersAt(members, `policyData.bindings[${place}].members`),
      condition: conditionOf(condition),
    }));
  },
};

function membersAt(members: Value, path: string): RoleGrant["members"] {
  if (members === UNKNOWN) return [{ member: UNKNOWN, path }];
  return entries(members).map((member, place) => ({ member, path: `${path}[${place}]` }));
}

/** A policy's document is JSON in a text; what is none has no bindings, and Google refuses it. */
function bindingsOf(policyData: Value): Inputs[] {
  if (typeof policyData !== "string") return [];
  try {
    const { bindings } = JSON.parse(policyData) as { bindings?: unknown };
    return Array.isArray(bindings) ? bindings.filter(isObject) : [];
  } catch {
    return [];
  }
}

function isObject(value: unknown): value is Inputs {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function conditionOf(condition: Value): Value {
  if (condition === UNKNOWN) return UNKNOWN;
  if (!isObject(condition)) return "";
  const { expression } = condition;
  return expression === UNKNOWN ? UNKNOWN : typeof expression === "string" ? expression : "";
}

/** Inputs that do not say what a grant is on, among them those that Google adds. */
const NO_KEY = new Set(["role", "member", "members", "condition", "policyData", "deletionPolicy", "etag", "id"]);

/** What a grant is on. */
export interface Place {
  /** Undefined where nothing names it: then it is the provider's. */
  project: string | undefined;
  /** Text that is the same for grants on the same thing of a project, however it was written. */
  thing: string;
}

/** What grants with these inputs are on; {@link UNKNOWN} where one part of it is. */
export function placeOf(inputs: Inputs): Place | typeof UNKNOWN {
  const parts = new Map<string, string>();
  for (const [name, value] of Object.entries(inputs)) {
    if (value === UNKNOWN && !NO_KEY.has(name)) return UNKNOWN;
    if (NO_KEY.has(name) || typeof value !== "string") continue;
    for (const [part, text] of partsOf(name, value)) if (!parts.has(part)) parts.set(part, text);
  }
  const project = parts.get("project");
  parts.delete("project");
  return { project, thing: JSON.stringify([...parts].sort(([one], [other]) => (one < other ? -1 : 1))) };
}

const WHOLE_NAME = /(?:^|\/)projects\/([^/]+)\/(?:(?:global|(?:locations|regions|zones)\/([^/]+))\/)?\w+\/([^/]+)$/;
const PREFIXED = /^(?:b|projects|folders|organizations)\/([^/]+)$/;

/** `projects/P/global/images/I` and `projects/P/topics/T` name the project as well; `b/B` is the bucket B. */
function partsOf(name: string, text: string): [string, string][] {
  const whole = WHOLE_NAME.exec(text);
  if (!whole) return [[name, PREFIXED.exec(text)?.[1] ?? text]];
  const [, project, location, last] = whole;
  return [[name, last], ["project", project], ...(location ? [["location", location] satisfies [string, string]] : [])];
}
