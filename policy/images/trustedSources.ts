import { PRESET_PROJECTS } from "../../core/foundation/trustedImages";
import { type Finding, type PolicyResource, type ResourceRule, type RuleConfig } from "../rule";
import { UNKNOWN, type Value } from "../value";
import { type ImageReference, imageReference } from "./reference";
import { copiesOf, FROM_IMAGES_OR_COPIES, type Source, sourcesOf } from "./sources";

/** What Google publishes as images, which an organization may trust until it has golden ones. */
export const PUBLIC_PROJECTS = [...new Set(Object.values(PRESET_PROJECTS).flat())].sort();

/** Everything boots from images that somebody answers for. */
export const trustedSources: ResourceRule = {
  id: "images-trusted-sources",
  what: "Disks, instances, templates and images are made from images, snapshots and machine images of trusted projects, or from trusted families.",
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
          "Ids of projects whose images are trusted, beside the resource's own. A name without a project means that too, but one like `debian-12` also a public project, where the resource's own has no such image.",
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
  types: FROM_IMAGES_OR_COPIES,
  check: (resource, config) => [
    ...sourcesOf(resource).flatMap((source) => imageFindings(source, resource, config)),
    ...copiesOf(resource).flatMap((source) => copyFindings(source, resource, config)),
  ],
};

function imageFindings({ path, value }: Source, resource: PolicyResource, config: RuleConfig): Finding[] {
  if (value === UNKNOWN) return [{ path, cannotTell: true }];
  const image = imageReference(value);
  if (!image) return [{ path, violation: "This does not name an image." }];
  if (isTrusted(image, resource, config))
    return isTrusted(foundAs(image, value), resource, config) ? [] : [{ path, cannotTell: true }];
  return untrusted(path, resource, "The image's project is not trusted.");
}

function copyFindings({ path, value }: Source, resource: PolicyResource, config: RuleConfig): Finding[] {
  if (value === UNKNOWN) return [{ path, cannotTell: true }];
  const project = typeof value === "string" ? /(?:^|\/)projects\/([^/]+)\//.exec(value)?.[1] : undefined;
  if (isTrustedProject(project, resource, config)) return [];
  return untrusted(path, resource, "The project of this snapshot or machine image is not trusted.");
}

function untrusted(path: string, { inputs }: PolicyResource, violation: string): Finding[] {
  return inputs.project === UNKNOWN ? [{ path: "project", cannotTell: true }] : [{ path, violation }];
}

/** Projects in which the provider looks for an image that is not in the resource's own, by what its name holds. */
const FOUND_IN: Readonly<Record<string, string>> = {
  centos: "centos-cloud",
  coreos: "coreos-cloud",
  debian: "debian-cloud",
  opensuse: "opensuse-cloud",
  rhel: "rhel-cloud",
  "rocky-linux": "rocky-linux-cloud",
  sles: "suse-cloud",
  ubuntu: "ubuntu-os-cloud",
  "windows-sql": "windows-sql-cloud",
  windows: "windows-cloud",
};

/** An image that is named alone as the provider finds it where the resource's own project has none of that name. */
function foundAs(image: ImageReference, value: Value): ImageReference {
  if (image.project !== undefined || (typeof value === "string" && value.includes("global/images/"))) return image;
  const word = Object.keys(FOUND_IN).find((one) => image.name.includes(one));
  return word === undefined ? image : { ...image, project: FOUND_IN[word] };
}

function isTrusted(image: ImageReference, resource: PolicyResource, config: RuleConfig): boolean {
  if (isTrustedProject(image.project, resource, config)) return true;
  return image.isFamily !== false && holds(config.trustedFamilies, `${image.project}/${image.name}`);
}

function isTrustedProject(project: string | undefined, { inputs }: PolicyResource, config: RuleConfig): boolean {
  return project === undefined || project === inputs.project || holds(config.trustedProjects, project);
}

function holds(list: unknown, entry: string): boolean {
  return Array.isArray(list) && list.includes(entry);
}
