import { type Finding, type PolicyResource, type RuleConfig, type StackRule } from "../rule";
import { at, entries, type Inputs, UNKNOWN, type Value } from "../value";
import { grantsOf, isGrantType } from "./grants";

const ROLES: readonly Value[] = ["roles/compute.instanceAdmin.v1", "roles/compute.instanceAdmin"];

/** Where each of these types says what it is granted on, and what that is called. */
const HOLDERS: Readonly<Record<string, string>> = {
  "gcp:projects/": "project",
  "gcp:folder/": "folder",
  "gcp:organizations/": "orgId",
};

/** Whoever administers instances does so in image projects and in projects that use images. */
export const instanceAdmin: StackRule = {
  id: "iam-instance-admin",
  what: "The role `roles/compute.instanceAdmin.v1` is granted in image projects and their consumers' projects alone.",
  why: "The role creates and changes instances, disks and images, and logs in to instances. Makers of images need it in the image project and users of images in their own; anywhere else it is a way around both.",
  fix: "Grant a smaller role, or name the project in `allowedProjects`.",
  severity: "medium",
  level: "advisory",
  link: "https://cloud.google.com/compute/docs/images/managing-access-custom-images",
  config: {
    properties: {
      allowedProjects: {
        type: "array",
        items: { type: "string" },
        description:
          "Ids of projects in which the role may be granted. Where the list is empty: the projects of the stack's ImageProjects and ImageSharings.",
        default: [],
      },
    },
  },
  checkStack: (resources, config) => {
    const granting = resources.filter(({ type }) => isGrantType(type));
    const allowed = allowedProjects(resources, config);
    return granting.flatMap((resource) => findingsOf(resource, allowed));
  },
};

function findingsOf(resource: PolicyResource, allowed: Set<Value>): Finding[] {
  const granted = grantsOf(resource);
  const input = HOLDERS[granted?.target ?? ""];
  if (!granted || input === undefined) return [];
  const { urn, inputs } = resource;
  const place = bareId(inputs[input]);
  if (input === "project" && allowed.has(place)) return [];
  if (granted.grants === UNKNOWN) return [{ path: "policyData", cannotTell: true, urn }];
  return granted.grants.flatMap(({ role, rolePath: path }): Finding[] => {
    if (role === UNKNOWN) return [{ path, cannotTell: true, urn }];
    if (!ROLES.includes(role)) return [];
    if (input === "project" && isOpen(place, allowed)) return [{ path: input, cannotTell: true, urn }];
    return [{ path, violation: "The role is granted outside of image and consumer projects.", urn }];
  });
}

/** A project that is not known may be an allowed one, and so may any where an allowed one is not known. */
function isOpen(place: Value, allowed: Set<Value>): boolean {
  return place === UNKNOWN || allowed.has(UNKNOWN);
}

function allowedProjects(resources: readonly PolicyResource[], { allowedProjects }: RuleConfig): Set<Value> {
  const configured = Array.isArray(allowedProjects) ? (allowedProjects as Value[]) : [];
  const found = configured.length > 0 ? configured : resources.flatMap(projectsOf);
  return new Set(found.filter((project) => project !== undefined && project !== null).map(bareId));
}

/** A component shows its inputs before it is done and its outputs afterwards. */
function projectsOf({ type, inputs }: PolicyResource): Value[] {
  if (type === "kiln:index:ImageProject") return [inputs.projectId];
  if (type !== "kiln:index:ImageSharing") return [];
  const consumers: Value[] = inputs.consumers === UNKNOWN ? [UNKNOWN] : valuesOf(inputs.consumers);
  const grants = entries(inputs.grants);
  return [
    inputs.project,
    ...consumers.map((consumer) => at(consumer, "project")),
    ...grants.map((grant) => at(grant, "resource")),
  ];
}

function valuesOf(value: Value): Value[] {
  return typeof value === "object" && value !== null ? Object.values(value as Inputs) : [];
}

/** `projects/P` is the project P; what names more than a project is none. */
function bareId(place: Value): Value {
  return typeof place === "string" ? place.replace(/^projects\/(?=[^/]+$)/, "") : place;
}
