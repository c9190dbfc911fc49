import { inputCheck } from "../inputCheck";
import { type ResourceRule } from "../rule";

/** Images belong to families. */
export const family: ResourceRule = {
  id: "images-family",
  what: "Every image belongs to a family.",
  why: "Whoever uses an image without a family has to know its name, and keeps using it when a newer one is there. No lifecycle policy applies to it, so that it is neither deprecated nor deleted.",
  fix: "Name the family in `family`.",
  severity: "medium",
  level: "advisory",
  link: "https://cloud.google.com/compute/docs/images/image-families-best-practices",
  types: ["gcp:compute/image:Image"],
  check: inputCheck("family", (value) => typeof value === "string" && value !== "", "The image belongs to no family."),
};
