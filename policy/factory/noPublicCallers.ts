import { targetOf } from "../iam/grants";
import { isPublic, memberFindings } from "../iam/members";
import { inputCheck } from "../inputCheck";
import { type Finding, type PolicyResource, type ResourceRule } from "../rule";

/** What grants of these are on can be called. */
const TARGETS = [
  "gcp:cloudfunctions/Function",
  "gcp:cloudfunctionsv2/Function",
  "gcp:cloudrun/",
  "gcp:cloudrunv2/Job",
  "gcp:cloudrunv2/Service",
  "gcp:cloudrunv2/WorkerPool",
];

/** Services of Cloud Run can let everybody in without any grant, by an input of their own or by an annotation. */
const SERVICES: Record<string, (resource: PolicyResource) => Finding[]> = {
  "gcp:cloudrun/service:Service": checkService(["metadata", "annotations", "run.googleapis.com/invoker-iam-disabled"]),
  "gcp:cloudrunv2/service:Service": checkService(["invokerIamDisabled"]),
};

function checkService(path: readonly string[]): (resource: PolicyResource) => Finding[] {
  return inputCheck(path, (value) => value !== true && value !== "true", "Nobody who calls is asked for a grant.");
}

/** Nobody calls what the factory runs but those who are meant to. */
export const noPublicCallers: ResourceRule = {
  id: "factory-no-public-callers",
  what: "No function, job or service can be called by everybody.",
  why: "What the factory runs deletes images, copies them and answers for them. Everybody who finds its address could start it, with the grants of its account and at its owner's cost.",
  fix: "Grant `roles/run.invoker` or `roles/cloudfunctions.invoker` to the service account of Cloud Scheduler, Pub/Sub or Eventarc that calls, and leave `invokerIamDisabled`, or the annotation `run.googleapis.com/invoker-iam-disabled`, out.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloud.google.com/run/docs/authenticating/overview",
  checkov: ["CKV_GCP_102", "CKV_GCP_107"],
  types: (type) => Object.hasOwn(SERVICES, type) || isCallerGrant(type),
  check: (resource) =>
    Object.hasOwn(SERVICES, resource.type)
      ? SERVICES[resource.type](resource)
      : memberFindings(resource, isPublic, "Everybody on the internet gets this."),
};

/** Whether resources of a type grant roles on what can be called. */
export function isCallerGrant(type: string): boolean {
  return TARGETS.includes(targetOf(type) ?? "");
}
