import { type ResourceRule } from "../rule";
import { at, type Inputs, type Value } from "../value";
import { isAllowed, judgeImages } from "./images";
import { type NamedImage, stepImages } from "./namedImages";

/** Builds run in images from Artifact Registry, or from what else is allowed. */
export const buildSteps: ResourceRule = {
  id: "containers-build-steps",
  what: "Steps of Cloud Build's triggers run in images from allowed registries only.",
  why: "A build pulls its steps' images at every run, mostly without an account: Docker Hub's limit then stops it for the whole egress address. What such an image does, it does with the build's account, which may push what is deployed. Only builds that a trigger holds itself are seen, not those of a file in the repository.",
  fix: "Copy the image into Artifact Registry, or pull it through a remote repository there, and write its address into the step's `name`; what else may be used is in `allowedRegistries`.",
  severity: "medium",
  level: "advisory",
  link: "https://cloud.google.com/build/docs/build-config-file-schema#name",
  types: ["gcp:cloudbuild/trigger:Trigger"],
  config: {
    properties: {
      allowedRegistries: {
        type: "array",
        items: { type: "string" },
        description:
          "Registries, or beginnings of addresses such as europe-docker.pkg.dev/acme-images, from which images may come; * stands for any text without a slash.",
        default: ["*-docker.pkg.dev", "gcr.io/cloud-builders", "gcr.io/google.com/cloudsdktool"],
      },
    },
  },
  check: (trigger, { allowedRegistries: allowed }) => {
    const accepts = isAllowed(allowed);
    return stepImages(trigger).flatMap((step) => {
      const image = filled(step, trigger.inputs);
      const findings = judgeImages(
        [{ ...step, image }],
        accepts,
        "The step's image comes from a registry that is not allowed.",
      );
      const isOpen = typeof image === "string" && image.includes(OPEN);
      return findings.length > 0 && isOpen ? [{ path: step.path, cannotTell: true }] : findings;
    });
  },
};

/** Stands for what only a build knows, and may be a part of any name. */
const OPEN = "zz-open-zz";

const VARIABLE = /\$(?:\{([A-Z_][A-Z0-9_]*)\}|([A-Z_][A-Z0-9_]*))/g;

/** A step's image with the values of the trigger's substitutions. https://cloud.google.com/build/docs/configuring-builds/substitute-variable-values */
function filled({ image }: NamedImage, inputs: Inputs): Value {
  if (typeof image !== "string" || !image.includes("$")) return image;
  const valueOf = (name: string): Value =>
    at(inputs, ["substitutions", name]) ?? at(inputs, ["build", "substitutions", name]);
  const text = image.replace(VARIABLE, (_, braced?: string, bare?: string) => {
    const value = valueOf(braced ?? bare ?? "");
    return typeof value === "string" && value !== "" ? value : OPEN;
  });
  return withoutOpenVersion(text);
}

/** Which version of an image it is does not matter here. */
function withoutOpenVersion(text: string): string {
  const start = text.lastIndexOf("/") + 1;
  const length = text.slice(start).search(/[:@]/);
  const end = length < 0 ? text.length : start + length;
  return text.slice(end).includes(OPEN) ? text.slice(0, end) : text;
}
