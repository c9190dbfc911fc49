import { type Finding, type ResourceRule } from "../rule";
import { UNKNOWN, type Value } from "../value";
import { isRepositoryGrant } from "../containers/privateRepository";
import { isCallerGrant } from "../../policy/factory/noPublicCallers";
import { isImageGrantType } from "../images/grantTypes";
import { isDatasetGrant } from "../logs/privateDataset";
import { LISTS } from "./accessLists";
import { isGrantType } from "./grants";
import { isPublic, memberFindings } from "./members";

/** Grants that a rule of their own looks at, which says what the public could do. */
const ELSEWHERE = [isCallerGrant, isDatasetGrant, isImageGrantType, isRepositoryGrant];

const VIOLATION = "Everybody on the internet gets this.";

/** Nobody stands for everybody. */
export const publicMembers: ResourceRule = {
  id: "iam-public-members",
  what: "No grant goes to `allUsers` or `allAuthenticatedUsers`.",
  why: "`allUsers` is everybody on the internet, and `allAuthenticatedUsers` is everybody with any Google account, not everybody in your organization. Such a grant is found by scanners within hours, and what was read cannot be taken back.",
  fix: "Name in `member` or `members` the groups, service accounts or the domain that need it.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloud.google.com/iam/docs/principals-overview#all-users",
  checkov: ["CKV_GCP_28", "CKV_GCP_99", "CKV_GCP_112", "CKV_GCP_113", "CKV2_GCP_6", "CKV2_GCP_8", "CKV2_GCP_9"],
  types: (type) => (isGrantType(type) && !ELSEWHERE.some((isOther) => isOther(type))) || Object.hasOwn(LISTS, type),
  check: (resource) => {
    if (!Object.hasOwn(LISTS, resource.type)) return memberFindings(resource, isPublic, VIOLATION);
    return LISTS[resource.type](resource.inputs).flatMap(({ path, value }): Finding[] => {
      if (value === UNKNOWN) return [{ path, cannotTell: true }];
      return isPublicEntry(value) ? [{ path, violation: VIOLATION }] : [];
    });
  },
};

/** `READER:allUsers`, or a predefined list such as `publicRead`. */
function isPublicEntry(value: Value): boolean {
  if (typeof value !== "string") return false;
  return isPublic(value.split(":").at(-1)) || /^(public|authenticated)Read/.test(value);
}
