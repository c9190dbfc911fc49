import { DATASET_ACCESS } from "../logs/datasets";
import { type Finding, type PolicyResource, type StackRule } from "../rule";
import { type Inputs, UNKNOWN } from "../value";
import { type GrantKind, grantsOf, type Place, placeOf, type ResourceGrants } from "./grants";

interface Granting {
  urn: string;
  kind: GrantKind | "Entry";
  target: string;
  /** Inputs that say what the grant is on. */
  about: Inputs;
  place: Place | typeof UNKNOWN;
  /** Role and condition; {@link UNKNOWN} where one of them is. Undefined for whole policies and entries. */
  role: string | typeof UNKNOWN | undefined;
}

/** One role on one thing is granted in one way. */
export const mixedGrants: StackRule = {
  id: "iam-mixed-grants",
  what: "A role on a resource is granted by members that add up, or by one binding or policy that is complete, never by both.",
  why: "A binding removes every member of its role that it does not name, and a policy every grant at all. Beside other grants on the same resource, each deployment takes away what the last one gave: builds fail every second time, and nobody finds the reason. Entries of a dataset's own list beside grants on it do the same.",
  fix: "Write every grant on the resource as `…IAMMember`, or put all `members` of the role into one `…IAMBinding`; on a dataset, write grants or `DatasetAccess`, not both.",
  severity: "high",
  level: "mandatory",
  link: "https://www.pulumi.com/registry/packages/gcp/api-docs/projects/iammember/",
  checkStack: (resources) => {
    const all = resources.flatMap(grantingOf);
    return [...groupedBy(all, ({ target }) => target).values()].flatMap(findingsOfTarget);
  },
};

/**
 * A dataset's own `accesses` are left out: a rule of the stack sees outputs, where they hold what grants added, whether
 * the program gave them or not.
 */
function grantingOf(resource: PolicyResource): Granting[] {
  const { type, urn, inputs } = resource;
  if (type === DATASET_ACCESS) {
    const about: Inputs = { datasetId: inputs.datasetId, project: inputs.project };
    return [{ urn, kind: "Entry", target: "gcp:bigquery/Dataset", about, place: placeOf(about), role: undefined }];
  }
  const granted = grantsOf(resource);
  if (!granted) return [];
  const { kind, target } = granted;
  return [{ urn, kind, target, about: inputs, place: placeOf(inputs), role: roleOf(granted) }];
}

function roleOf({ kind, grants }: ResourceGrants): Granting["role"] {
  if (kind === "Policy" || grants === UNKNOWN) return undefined;
  const [{ role, condition }] = grants;
  if (role === UNKNOWN || condition === UNKNOWN) return UNKNOWN;
  return JSON.stringify([typeof role === "string" ? role : "", condition]);
}

/** What only adds up cannot clash. */
function findingsOfTarget(all: Granting[]): Finding[] {
  const [{ kind: first }] = all;
  if (all.length < 2 || (ADDING.includes(first) && all.every(({ kind }) => kind === first))) return [];
  const known = all.filter(({ place }) => place !== UNKNOWN);
  const mayClash = clashes(all);
  const unsure = all.filter((one) => one.place === UNKNOWN && mayClash(one));
  return [
    ...[...groupedBy(known, thingOf).values()].flatMap(findingsOfThing),
    ...unsure.map(({ about, urn }): Finding => ({ path: pathOfUnknown(about), cannotTell: true, urn })),
  ];
}

const ADDING: readonly Granting["kind"][] = ["Member", "Entry"];

/** What is on one thing of some project. A grant that names no project may be on that of another grant. */
function findingsOfThing(same: Granting[]): Finding[] {
  const byProject = groupedBy(same, projectOf);
  const nowhere = byProject.get(undefined) ?? [];
  const mayClash = clashes(
    same.filter((one) => projectOf(one) !== undefined),
    false,
  );
  const unsure = byProject.size < 2 ? [] : nowhere.filter(mayClash);
  return [
    ...[...byProject.values()].flatMap(findingsOfPlace),
    ...unsure.map(({ urn }): Finding => ({ path: "project", cannotTell: true, urn })),
  ];
}

function thingOf({ place }: Granting): string {
  return place === UNKNOWN ? "" : place.thing;
}

function projectOf({ place }: Granting): string | undefined {
  return place === UNKNOWN ? undefined : place.project;
}

/** Whether a grant would clash with another of these if both were on the same resource; it may be one of these itself. */
function clashes(others: Granting[], isOneOfThem = true): (one: Granting) => boolean {
  const roles = groupedBy(others, ({ role }) => role);
  const bindings = groupedBy(
    others.filter(({ kind }) => kind === "Binding"),
    ({ role }) => role,
  );
  const hasPolicy = others.some(({ kind }) => kind === "Policy");
  const hasEntry = others.some(({ kind }) => kind === "Entry");
  const hasGrant = others.some(({ kind }) => kind !== "Entry");
  return ({ kind, role }) => {
    if (kind === "Entry" ? hasGrant : hasEntry) return true;
    if (kind === "Entry") return false;
    if (hasPolicy || kind === "Policy" || role === UNKNOWN) return true;
    const rivals = kind === "Binding" ? roles : bindings;
    const own = kind === "Binding" && isOneOfThem ? 1 : 0;
    return rivals.has(UNKNOWN) || (rivals.get(role)?.length ?? 0) > own;
  };
}

function findingsOfPlace(same: Granting[]): Finding[] {
  if (same.length < 2) return [];
  const entries = same.filter(({ kind }) => kind === "Entry");
  const policies = same.filter(({ kind }) => kind === "Policy");
  const others = same.filter(({ role }) => role !== undefined);
  const replaced = policies.map(({ urn }) => clash(urn, POLICY));
  const rewritten = others.length === 0 ? [] : entries.map(({ urn }) => clash(urn, ENTRY));
  const bindings = others.filter(({ kind }) => kind === "Binding");
  const unsure = bindings.length === 0 || others.length < 2 ? [] : others.filter(({ role }) => role === UNKNOWN);
  const byRole = groupedBy(
    others.filter(({ role }) => role !== UNKNOWN),
    ({ role }) => role,
  );
  return [
    ...replaced,
    ...rewritten,
    ...[...byRole.values()].flatMap(findingsOfRole),
    ...unsure.map(({ urn }): Finding => ({ path: "role", cannotTell: true, urn })),
  ];
}

function findingsOfRole(same: Granting[]): Finding[] {
  const bindings = same.filter(({ kind }) => kind === "Binding");
  if (same.length < 2) return [];
  return bindings.map(({ urn }) => clash(urn, BINDING));
}

const POLICY = "This policy removes what the stack grants on the same resource elsewhere.";
const BINDING = "This binding removes members to whom the stack grants the same role elsewhere.";
const ENTRY = "This entry and the grants on the same dataset remove one another.";

function clash(urn: string, violation: string): Finding {
  return { violation, urn };
}

function pathOfUnknown(inputs: Inputs): string {
  return Object.keys(inputs).find((name) => inputs[name] === UNKNOWN && name !== "members" && name !== "member") ?? "";
}

function groupedBy<T, K>(items: readonly T[], keyOfItem: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOfItem(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
