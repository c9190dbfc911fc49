import { type Finding, type PolicyResource, type StackRule } from "../rule";
import { UNKNOWN, type Value } from "../value";
import { BUCKET_OBJECT, familyOfObject } from "./policyDocuments";
import { imageReference } from "./reference";
import { FROM_IMAGES, sourcesOf } from "./sources";

const IMAGE = "gcp:compute/image:Image";
const IMAGE_FAMILY = "kiln:index:ImageFamily";

/** Inputs and outputs by which each type names the project that it makes. */
const PROJECTS = ["kiln:index:ImageProject", "gcp:organizations/project:Project"];

/** A family that the stack is responsible for. */
interface NamedFamily {
  family: string | typeof UNKNOWN;
  path: string;
  urn: string;
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
    const policies = new Set(resources.flatMap(policyOf));
    const projects = new Set<Value>(resources.filter(({ type }) => PROJECTS.includes(type)).map(projectOf));
    const named = resources.flatMap((resource) => familiesOf(resource, projects));
    return named
      .filter(({ family }) => family === UNKNOWN || !policies.has(family))
      .map(({ family, path, urn }): Finding => {
        if (family === UNKNOWN || policies.has(UNKNOWN)) return { path, cannotTell: true, urn };
        return { path, violation: "The family has no lifecycle policy in this stack.", urn };
      });
  },
};

/** A component shows its inputs before it is done, and the family's name only where it differs from its own. */
function policyOf(resource: PolicyResource): NamedFamily["family"][] {
  const { type, name, inputs } = resource;
  if (type === BUCKET_OBJECT) return asList(familyOfObject(resource));
  if (type !== IMAGE_FAMILY) return [];
  const family = inputs.family ?? name;
  return asList(family === UNKNOWN || typeof family === "string" ? family : undefined);
}

function asList(family: NamedFamily["family"] | undefined): NamedFamily["family"][] {
  return family === undefined ? [] : [family];
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
    return isNamed ? [{ family, path: "family", urn }] : [];
  }
  if (!FROM_IMAGES.includes(type)) return [];
  return sourcesOf(resource).flatMap(({ path, value }) => {
    const image = imageReference(value);
    return image?.isFamily && projects.has(image.project) ? [{ family: image.name, path, urn }] : [];
  });
}
