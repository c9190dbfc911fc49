import { type ResourceRule } from "../rule";
import { type ImageReference } from "./reference";
import { isVersion } from "./reference";
import { sourceFindings, TEMPLATES } from "./sources";

/** Templates follow a family. */
export const pinnedImage: ResourceRule = {
  id: "images-pinned-image",
  what: "Instance templates name a family, not one image.",
  why: "A template that names one image keeps creating instances from it after a newer one has fixed what was wrong with it, and creates none at all once the image is obsolete or deleted. Where a rollout chooses the image on purpose, an exception says so.",
  fix: "Name the family in `disks[].sourceImage`, as `projects/PROJECT/global/images/family/FAMILY`.",
  severity: "low",
  level: "advisory",
  link: "https://cloud.google.com/compute/docs/images/image-families-best-practices",
  types: TEMPLATES,
  check: (template) => sourceFindings(template, isPinned, "The template names one image, which nothing can supersede."),
};

/** Of a short name only its form tells; a family's does not end with a date. */
function isPinned({ name, isFamily }: ImageReference): boolean {
  return isFamily === undefined ? isVersion(name) : !isFamily;
}
