import { type ResourceRule } from "../rule";
import { type Value } from "../value";
import { isGrantType } from "./grants";
import { roleFindings } from "./members";

const ROLES: readonly Value[] = ["roles/owner", "roles/editor", "roles/admin", "roles/writer"];

/** Nobody gets Owner or Editor. */
export const primitiveRoles: ResourceRule = {
  id: "iam-primitive-roles",
  what: "Nobody is granted the basic roles Owner, Editor, Admin or Writer.",
  why: "Each of them holds thousands of permissions over every service of a project, today's and tomorrow's. Whoever takes over one such member can replace any image, read any secret and hand out access. Google advises against them in production.",
  fix: "Grant in `role` the predefined roles that the member's work needs, such as `roles/compute.instanceAdmin.v1`.",
  severity: "high",
  level: "mandatory",
  link: "https://cloud.google.com/iam/docs/roles-overview#basic",
  checkov: ["CKV_GCP_115", "CKV_GCP_116", "CKV_GCP_117"],
  types: isGrantType,
  check: (resource) =>
    roleFindings(resource, (role) => ROLES.includes(role), "This basic role changes everything in every service."),
};
