import { PRESET_PROJECTS } from "../../core/foundation/trustedImages";
import { type Finding, type PolicyResource, type ResourceRule, type RuleConfig } from "../rule";
import { UNKNOWN } from "../value";
import { type ImageReference, imageReference } from "./reference";
import { FROM_IMAGES, sourcesOf } from "./sources";

/** What Google publishes as images, which an organization may trust until it has golden ones. */
const PUBLIC_PROJECTS = [...new Set(Object.values(PRESET_PROJECTS).flat())].sort();

/** Everything boots from images that somebody answers for. */
export const trustedSources: ResourceRule = {
  id: "images-trusted-sources",
  what: "Disks, instances, templates and images are made from images of trusted projects or families.",
  why: "Whoever publishes an image decides what runs on the instances that boot from it. Anybody may publish one under a name that looks official, and a project that changed hands publishes under the same name as before.",
  fix: "Name an image of a trusted project, as `projects/PROJECT/global/images/family/FAMILY`, or add the project to `trustedProjects` or the family to `trustedFamilies`.",
  severity: "high",
  level: "advisory",
  link: "https://cloud.google.com/compute/docs/images/restricting-image-access",
  config: {
    properties: {
      trustedProjects: {
        type: "array",
        items: { type: "string" },
        description:
          "Ids of projects whose images are trusted, beside the resource's own, which also a name without a project means.",
        default: PUBLIC_PROJECTS,
      },
      trustedFamilies: {
        type: "array",
        items: { type: "string", pattern: "^[^/]+/[^/]+$" },
        description: "Families of other projects that are trusted, as `PROJECT/FAMILY`.",
        default: [],
      },
    },
  },
  types: FROM_IMAGES,
  check: (resource, config) =>
    sourcesOf(resource).flatMap(({ path, value }): Finding[] => {
      if (value === UNKNOWN) return [{ path, cannotTell: true }];
      const image = imageReference(value);
      if (!image) return [{ path, violation: "This does not name an image." }];
      if (isTrusted(image, resource, config)) return [];
      if (resource.inputs.project === UNKNOWN) return [{ path: "project", cannotTell: true }];
      return [{ path, violation: "The image's project is not trusted." }];
    }),
};

function isTrusted(
  { project, name, isFamily }: ImageReference,
  { inputs }: PolicyResource,
  config: RuleConfig,
): boolean {
  if (project === undefined || project === inputs.project) return true;
  const trusts = (list: unknown, entry: string) => Array.isArray(list) && list.includes(entry);
  if (trusts(config.trustedProjects, project)) return true;
  return isFamily !== false && trusts(config.trustedFamilies, `${project}/${name}`);
}
