import { type Finding, type PolicyResource } from "../rule";
import { UNKNOWN, type Value } from "../value";
import { grantsOf, type RoleGrant } from "./grants";

const PUBLIC: readonly Value[] = ["allUsers", "allAuthenticatedUsers"];

/** Whether a member stands for everybody. */
export function isPublic(member: Value): boolean {
  return PUBLIC.includes(member);
}

/** A violation for each member that is objected to, no answer for each that is not known. */
export function memberFindings(
  resource: PolicyResource,
  isBad: (member: Value) => boolean,
  violation: string,
): Finding[] {
  return eachGrant(resource, (grant) => memberFindingsOf(grant, isBad, violation));
}

/** The same for one role of a resource. */
export function memberFindingsOf(
  { members }: RoleGrant,
  isBad: (member: Value) => boolean,
  violation: string,
): Finding[] {
  return members.flatMap(({ member, path }): Finding[] => {
    if (member === UNKNOWN) return [{ path, cannotTell: true }];
    return isBad(member) ? [{ path, violation }] : [];
  });
}

/** A violation for each role that is objected to, no answer for each that is not known. */
export function roleFindings(resource: PolicyResource, isBad: (role: Value) => boolean, violation: string): Finding[] {
  return eachGrant(resource, ({ role, rolePath: path }) => {
    if (role === UNKNOWN) return [{ path, cannotTell: true }];
    return isBad(role) ? [{ path, violation }] : [];
  });
}

/** What is found of each role that a resource grants; no answer where a whole policy is not known. */
export function eachGrant(resource: PolicyResource, find: (grant: RoleGrant) => Finding[]): Finding[] {
  const granted = grantsOf(resource);
  if (granted?.grants === UNKNOWN) return [{ path: "policyData", cannotTell: true }];
  return granted?.grants.flatMap(find) ?? [];
}
