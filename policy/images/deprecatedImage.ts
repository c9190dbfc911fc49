import { fits } from "../pattern";
import { type ResourceRule, type RuleConfig } from "../rule";
import { type ImageReference } from "./reference";
import { FROM_IMAGES, sourceFindings } from "./sources";

/**
 * Beginnings of names of operating systems that get no security fixes any more, as Google publishes them.
 * https://cloud.google.com/compute/docs/images/os-details lists those that do.
 */
const WITHOUT_FIXES = [
  "centos-6",
  "centos-7",
  "centos-8",
  "centos-stream-8",
  "coreos-alpha",
  "coreos-beta",
  "coreos-stable",
  "debian-7",
  "debian-8",
  "debian-9",
  "debian-10",
  "debian-11",
  "rhel-6",
  "rhel-7",
  "sles-11",
  "sql-*-win-2012",
  "sql-*-windows-2012",
  "ubuntu-1204",
  "ubuntu-1404",
  "ubuntu-1604",
  "ubuntu-1804",
  "ubuntu-2004",
  "ubuntu-minimal-1604",
  "ubuntu-minimal-1804",
  "ubuntu-minimal-2004",
  "windows-2008-r2",
  "windows-2012",
  "windows-server-2008",
  "windows-server-2012",
];

/** Nothing boots an operating system without security fixes. */
export const deprecatedImage: ResourceRule = {
  id: "images-deprecated-image",
  what: "Disks, instances, templates and images are made from operating systems that still get security fixes.",
  why: "Google marks the images of an operating system deprecated when its support ends. They can still be booted for a while, and then they vanish: until then every new instance has all the holes that were found since.",
  fix: "Name the family of a supported release, such as `debian-cloud/debian-12`.",
  severity: "medium",
  level: "advisory",
  link: "https://cloud.google.com/compute/docs/images/os-details",
  config: {
    properties: {
      deprecated: {
        type: "array",
        items: { type: "string" },
        description:
          "Names of families that are deprecated; longer names that go on with a hyphen count too, and * stands for any text.",
        default: WITHOUT_FIXES,
      },
    },
  },
  types: FROM_IMAGES,
  check: (resource, config) =>
    sourceFindings(
      resource,
      (image) => isDeprecated(image, config),
      "This operating system gets no security fixes any more.",
    ),
};

function isDeprecated({ name }: ImageReference, { deprecated }: RuleConfig): boolean {
  const names = Array.isArray(deprecated) ? (deprecated as unknown[]) : [];
  return names.some((old) => typeof old === "string" && (fits(old, name) || fits(`${old}-*`, name)));
}
