import { type ResourceRule } from "../rule";
import { type Value } from "../value";
import { isGrantType } from "./grants";
import { roleFindings } from "./members";

const ROLES: readonly Value[] = ["roles/viewer", "roles/reader"];

/** Nobody gets Viewer, the least of the basic roles. */
export const viewerRole: ResourceRule = {
  id: "iam-viewer-role",
  what: "Nobody is granted the basic roles Viewer or Reader.",
  why: "They read nearly everything in every service: metadata of instances with their start-up scripts, logs, build histories. That changes nothing by itself, but it is where whoever breaks in finds the next step.",
  fix: "Grant in `role` the viewer role of the service that is meant, such as `roles/compute.viewer`.",
  severity: "low",
  level: "advisory",
  link: "https://cloud.google.com/iam/docs/roles-overview#basic",
  checkov: ["CKV_GCP_117"],
  types: isGrantType,
  check: (resource) =>
    roleFindings(resource, (role) => ROLES.includes(role), "This basic role reads nearly everything in every service."),
};
