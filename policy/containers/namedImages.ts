import { type PolicyResource } from "../rule";
import { at, entries, UNKNOWN, type Value } from "../value";
import { containersOf, isWorkload } from "./workloads";

/** An input that names an image. */
export interface NamedImage {
  path: string;
  /** Its value. */
  image: Value;
}

/** Where resources that are no workloads name the image that they run, by type. */
const IMAGE_INPUTS: Readonly<Record<string, string>> = {
  "docker:index/remoteImage:RemoteImage": "name",
  "gcp:appengine/flexibleAppVersion:FlexibleAppVersion": "deployment.container.image",
  "gcp:dataproc/batch:Batch": "runtimeConfig.containerImage",
  "gcp:notebooks/instance:Instance": "containerImage.repository",
  "gcp:workbench/instance:Instance": "gceSetup.containerImage.repository",
};

/** Resources whose metadata may hold the container that a virtual machine runs. */
const MACHINES: readonly string[] = [
  "gcp:compute/instance:Instance",
  "gcp:compute/instanceFromTemplate:InstanceFromTemplate",
  "gcp:compute/instanceTemplate:InstanceTemplate",
  "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate",
];

/** https://cloud.google.com/compute/docs/containers/deploying-containers */
const DECLARATION = ["metadata", "gce-container-declaration"];

/** Types of resources that run an image, beside workloads. */
export const RUNNING_TYPES: readonly string[] = [...Object.keys(IMAGE_INPUTS), ...MACHINES];

/** Whether resources of a type may run an image that they name. */
export function runsImages(type: string): boolean {
  return RUNNING_TYPES.includes(type) || isWorkload(type);
}

/** The images that a resource runs; those that are not given are left out. */
export function namedImages(resource: PolicyResource): NamedImage[] {
  const { type, inputs } = resource;
  if (MACHINES.includes(type)) return declaredImages(at(inputs, DECLARATION));
  if (Object.hasOwn(IMAGE_INPUTS, type))
    return given([{ path: IMAGE_INPUTS[type], image: at(inputs, IMAGE_INPUTS[type]) }]);
  return given(
    containersOf(resource).map(({ path, inputs: container }) => ({
      path: container === UNKNOWN ? path : `${path}.image`,
      image: at(container, "image"),
    })),
  );
}

/** The images of the steps of a build that a trigger holds itself. What a file in the repository says is not seen. */
export function stepImages({ inputs }: PolicyResource): NamedImage[] {
  const steps = at(inputs, "build.steps");
  return given(
    entries(steps).map((step, place) => ({
      path:
        step === UNKNOWN ? (steps === UNKNOWN ? "build.steps" : `build.steps[${place}]`) : `build.steps[${place}].name`,
      image: at(step, "name"),
    })),
  );
}

function given(images: NamedImage[]): NamedImage[] {
  return images.filter(({ image }) => image === UNKNOWN || typeof image === "string");
}

/** The declaration is YAML in a text, in which each container has a line for its image. */
function declaredImages(declaration: Value): NamedImage[] {
  const path = DECLARATION.join(".");
  if (declaration === UNKNOWN) return [{ path, image: UNKNOWN }];
  if (typeof declaration !== "string") return [];
  return declaration.split(/\r?\n/).flatMap((line) => {
    const [, value = ""] = /^[ \t]*(?:-[ \t]+)?image:[ \t]+(\S+)/.exec(line) ?? [];
    const image = value.replace(/^(["'])(.*)\1$/, "$2");
    return image === "" ? [] : [{ path, image }];
  });
}
