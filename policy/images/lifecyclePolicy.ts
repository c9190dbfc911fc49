import { type Finding, type PolicyResource, type StackRule } from "../rule";
import { UNKNOWN, type Value } from "../value";
import { BUCKET_OBJECT, documentOf, familyOfObject } from "./policyDocuments";
import { imageReference } from "./reference";
import { FROM_IMAGES, sourcesOf } from "./sources";
import { PUBLIC_PROJECTS } from "./trustedSources";

const IMAGE = "gcp:compute/image:Image";
const IMAGE_FAMILY = "kiln:index:ImageFamily";

/** Inputs and outputs by which each type names the project that it makes. */
const PROJECTS = ["kiln:index:ImageProject", "gcp:organizations/project:Project"];

/** A family that the stack is responsible for. */
interface NamedFamily {
  family: string | typeof UNKNOWN;
  path: string;
  urn: string;
  /** Whether it is in the stack's own project for sure. */
  isSure: boolean;
}

/** Families age by a policy. */
export const lifecyclePolicy: StackRule = {
  id: "images-lifecycle-policy",
  what: "Every family of the stack's own image project has a lifecycle policy.",
  why: "Compute Engine records when an image is to become obsolete or to be deleted, and never acts on it. Without a policy that somebody enforces, old images stay usable with all their holes, and each costs storage for ever.",
  fix: "Declare a `kiln.ImageFamily` for the family.",
  severity: "medium",
  level: "advisory",
  link: "https://cloud.google.com/compute/docs/images/deprecate-custom",
  checkStack: (resources) => {
    const policies = resources.flatMap(policyOf);
    const sure = new Set(policies.filter(({ isSure }) => isSure).map(({ family }) => family));
    const unsure = new Set(policies.filter(({ isSure }) => !isSure).map(({ family }) => family));
    const projects = new Set<Value>(resources.filter(({ type }) => PROJECTS.includes(type)).map(projectOf));
    const named = resources.flatMap((resource) => familiesOf(resource, projects));
    return named
      .filter(({ family }) => family === UNKNOWN || !sure.has(family))
      .map(({ family, path, urn, isSure }): Finding => {
        const open = !isSure || family === UNKNOWN || sure.has(UNKNOWN) || unsure.has(UNKNOWN) || unsure.has(family);
        if (open) return { path, cannotTell: true, urn };
        return { path, violation: "The family has no lifecycle policy in this stack.", urn };
      });
  },
};

/** What says how a family ages, or may do so: an object whose document cannot be read. */
interface NamedPolicy {
  family: NamedFamily["family"];
  isSure: boolean;
}

/** A component shows its inputs before it is done, and the family's name only where it differs from its own. */
function policyOf(resource: PolicyResource): NamedPolicy[] {
  const { type, name, inputs } = resource;
  if (type === BUCKET_OBJECT) {
    const family = familyOfObject(resource);
    const document = documentOf(inputs);
    const isPolicy = document === UNKNOWN || document?.kind === "FamilyPolicy";
    return family === undefined || !isPolicy ? [] : [{ family, isSure: document !== UNKNOWN }];
  }
  if (type !== IMAGE_FAMILY) return [];
  const family = inputs.family ?? name;
  return family === UNKNOWN || typeof family === "string" ? [{ family, isSure: true }] : [];
}

function projectOf({ inputs }: PolicyResource): Value {
  return inputs.projectId;
}

/** An image of the stack puts itself into a family; others are looked up in it, which tells only of the stack's own project. */
function familiesOf(resource: PolicyResource, projects: Set<Value>): NamedFamily[] {
  const { type, inputs, urn } = resource;
  if (type === IMAGE) {
    const { family } = inputs;
    const isNamed = family === UNKNOWN || (typeof family === "string" && family !== "");
    return isNamed ? [{ family, path: "family", urn, isSure: true }] : [];
  }
  if (!FROM_IMAGES.includes(type)) return [];
  return sourcesOf(resource).flatMap(({ path, value }) => {
    const image = imageReference(value);
    if (!image?.isFamily || !(projects.has(image.project) || mayBeOwn(image.project, projects))) return [];
    return [{ family: image.name, path, urn, isSure: projects.has(image.project) }];
  });
}

/** A project of the stack whose id is not known yet may be any but those that are public. */
function mayBeOwn(project: string | undefined, projects: Set<Value>): boolean {
  return projects.has(UNKNOWN) && project !== undefined && !PUBLIC_PROJECTS.includes(project);
}
