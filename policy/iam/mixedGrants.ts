import { type Finding, type PolicyResource, type StackRule } from "../rule";
import { UNKNOWN } from "../value";
import { type GrantKind, grantsOf, isGrantType, keyOf, type ResourceGrants } from "./grants";

interface Granting {
  resource: PolicyResource;
  kind: GrantKind;
  target: string;
  key: ReturnType<typeof keyOf>;
  /** Role and condition; {@link UNKNOWN} where one of them is. Undefined for whole policies. */
  role: string | typeof UNKNOWN | undefined;
}

/** One role on one thing is granted in one way. */
export const mixedGrants: StackRule = {
  id: "iam-mixed-grants",
  what: "A role on a resource is granted by members that add up, or by one binding or policy that is complete, never by both.",
  why: "A binding removes every member of its role that it does not name, and a policy every grant at all. Beside other grants on the same resource, each deployment takes away what the last one gave: builds fail every second time, and nobody finds the reason.",
  fix: "Write every grant on the resource as `…IAMMember`, or put all `members` of the role into one `…IAMBinding`.",
  severity: "high",
  level: "mandatory",
  link: "https://www.pulumi.com/registry/packages/gcp/api-docs/projects/iammember/",
  checkStack: (resources) => {
    const all = resources.filter(({ type }) => isGrantType(type)).flatMap(grantingOf);
    return [...groupedBy(all, ({ target }) => target).values()].flatMap(findingsOfTarget);
  },
};

function grantingOf(resource: PolicyResource): Granting[] {
  const granted = grantsOf(resource);
  if (!granted) return [];
  const { kind, target } = granted;
  return [{ resource, kind, target, key: keyOf(resource), role: roleOf(granted) }];
}

function roleOf({ kind, grants }: ResourceGrants): Granting["role"] {
  if (kind === "Policy" || grants === UNKNOWN) return undefined;
  const [{ role, condition }] = grants;
  if (role === UNKNOWN || condition === UNKNOWN) return UNKNOWN;
  return JSON.stringify([typeof role === "string" ? role : "", condition]);
}

/** Without a binding or a policy nothing can clash. */
function findingsOfTarget(all: Granting[]): Finding[] {
  if (all.length < 2 || all.every(({ kind }) => kind === "Member")) return [];
  const known = all.filter(({ key }) => key !== UNKNOWN);
  const sure = [...groupedBy(known, ({ key }) => key).values()].flatMap(findingsOfKey);
  const mayClash = clashes(all);
  const unsure = all
    .filter((one) => one.key === UNKNOWN && mayClash(one))
    .map(({ resource }): Finding => ({ path: pathOfUnknown(resource), cannotTell: true, urn: resource.urn }));
  return [...sure, ...unsure];
}

/** Whether a grant would clash with another one if both were on the same resource. */
function clashes(all: Granting[]): (one: Granting) => boolean {
  const roles = groupedBy(all, ({ role }) => role);
  const bindings = groupedBy(
    all.filter(({ kind }) => kind === "Binding"),
    ({ role }) => role,
  );
  const hasPolicy = all.some(({ kind }) => kind === "Policy");
  return ({ kind, role }) => {
    if (hasPolicy || kind === "Policy" || role === UNKNOWN) return true;
    const rivals = kind === "Binding" ? roles : bindings;
    const own = kind === "Binding" ? 1 : 0;
    return rivals.has(UNKNOWN) || (rivals.get(role)?.length ?? 0) > own;
  };
}

function findingsOfKey(same: Granting[]): Finding[] {
  if (same.length < 2) return [];
  const policies = same.filter(({ kind }) => kind === "Policy");
  const others = same.filter(({ kind }) => kind !== "Policy");
  const replaced = policies.map(({ resource: { urn } }) => clash(urn, POLICY));
  const bindings = others.filter(({ kind }) => kind === "Binding");
  const unsure = bindings.length === 0 || others.length < 2 ? [] : others.filter(({ role }) => role === UNKNOWN);
  const byRole = groupedBy(
    others.filter(({ role }) => role !== UNKNOWN),
    ({ role }) => role,
  );
  return [
    ...replaced,
    ...[...byRole.values()].flatMap(findingsOfRole),
    ...unsure.map(({ resource: { urn } }): Finding => ({ path: "role", cannotTell: true, urn })),
  ];
}

function findingsOfRole(same: Granting[]): Finding[] {
  const bindings = same.filter(({ kind }) => kind === "Binding");
  if (same.length < 2) return [];
  return bindings.map(({ resource: { urn } }) => clash(urn, BINDING));
}

const POLICY = "This policy removes what the stack grants on the same resource elsewhere.";
const BINDING = "This binding removes members to whom the stack grants the same role elsewhere.";

function clash(urn: string, violation: string): Finding {
  return { violation, urn };
}

function pathOfUnknown({ inputs }: PolicyResource): string {
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
