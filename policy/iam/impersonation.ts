import { type ResourceRule } from "../rule";
import { type Value } from "../value";
import { isGrantType, targetOf } from "./grants";
import { roleFindings } from "./members";

const ROLES: readonly Value[] = [
  "roles/iam.securityAdmin",
  "roles/iam.serviceAccountAdmin",
  "roles/iam.serviceAccountKeyAdmin",
  "roles/iam.serviceAccountOpenIdTokenCreator",
  "roles/iam.serviceAccountTokenCreator",
  "roles/iam.serviceAccountUser",
  "roles/iam.workloadIdentityUser",
];
const WIDE = new Set(["gcp:projects/", "gcp:folder/", "gcp:organizations/"]);

/** Nobody may act as every service account of a project. */
export const impersonation: ResourceRule = {
  id: "iam-impersonation",
  what: "Roles that let members act as service accounts are granted on single service accounts.",
  why: "On a project, such a role holds for every service account in it, also those that are created later. Whoever may use one harmless account may then use the one that publishes images or administers the project.",
  fix: "Grant `role` on the one service account that is meant, with `gcp.serviceaccount.IAMMember`.",
  severity: "high",
  level: "advisory",
  link: "https://cloud.google.com/iam/docs/best-practices-service-accounts",
  checkov: ["CKV_GCP_41", "CKV_GCP_44", "CKV_GCP_45", "CKV_GCP_49"],
  types: (type) => isGrantType(type) && WIDE.has(targetOf(type) ?? ""),
  check: (resource) =>
    roleFindings(
      resource,
      (role) => ROLES.includes(role),
      "This role lets its members act as every service account here.",
    ),
};
