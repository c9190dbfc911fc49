import { type Finding, type ResourceRule } from "../rule";
import { UNKNOWN, type Value } from "../value";

/** Images say where they come from. */
export const labels: ResourceRule = {
  id: "images-labels",
  what: "Every image has labels, among them those that are required.",
  why: "An image's labels are all that tells months later which recipe it was made of, by which build, and who answers for it. Policies that keep or delete images choose them by their labels.",
  fix: "Write them in `labels`, such as `kiln-recipe` and `kiln-build-id`.",
  severity: "low",
  level: "advisory",
  link: "https://cloud.google.com/compute/docs/labeling-resources",
  config: {
    properties: {
      requiredLabels: {
        type: "array",
        items: { type: "string" },
        description: "Keys of labels that every image has; where the list is empty, any label will do.",
        default: [],
      },
    },
  },
  types: ["gcp:compute/image:Image"],
  check: ({ inputs }, { requiredLabels }) => {
    const path = "labels";
    if (inputs.labels === UNKNOWN) return [{ path, cannotTell: true }];
    const given = keysOf(inputs.labels);
    if (given.length === 0) return [{ path, violation: "The image has no labels." }];
    const required = Array.isArray(requiredLabels) ? (requiredLabels as unknown[]) : [];
    return required
      .filter((key) => typeof key === "string" && !given.includes(key))
      .map((key): Finding => ({
        path: `${path}.${String(key)}`,
        violation: "The image lacks a label that is required.",
      }));
  },
};

function keysOf(value: Value): string[] {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? Object.keys(value) : [];
}
