import { type Image } from "./image";
import { imageOfLink, type Usage } from "./usage";

/** A use of an image, as a resource tells it. */
export interface ImageUse {
  /** What uses it: `projects/P/zones/Z/disks/D`. */
  user: string;
  /** Link to the image; links to families name no particular one. */
  image: string;
  /** Number of the image, where the resource tells it: a name may belong to another image by now. */
  imageId?: string;
}

/** A managed instance group, which uses what its templates use. */
export interface GroupUse {
  user: string;
  /** Links to its instance templates. */
  templates: string[];
}

/** Puts together who uses the images of a project, from what resources of any project say. */
export interface UsageCollector {
  add(use: ImageUse): void;
  addGroup(group: GroupUse): void;
  /** All that was added; what could not be read makes every image perhaps used. */
  usage(unread: readonly string[]): Usage;
}

/**
 * Collects the uses of a project's images; those of other images are forgotten at once. Links name a project by its id or
 * by its number: a number that is not known to be another project's counts as this one, unless the image's number differs.
 */
export function usageCollector(project: string, images: readonly Pick<Image, "id" | "name">[]): UsageCollector {
  const ids = new Map(images.map(({ id, name }) => [name, id]));
  const users = new Map<string, Set<string>>();
  const byUser = new Map<string, string[]>();
  const groups: GroupUse[] = [];
  const note = (name: string, user: string) => {
    const known = users.get(name) ?? new Set();
    users.set(name, known.add(user));
  };
  return {
    add({ user, image, imageId }) {
      const link = imageOfLink(image);
      if (!link || !ids.has(link.name) || !mayBe(link.project, project)) return;
      if (imageId && imageId !== ids.get(link.name)) return;
      note(link.name, user);
      if (user.includes(TEMPLATES)) byUser.set(user, [...(byUser.get(user) ?? []), link.name]);
    },
    addGroup: (group) => void groups.push(group),
    usage(unread) {
      for (const { user, templates } of groups)
        for (const template of templates)
          for (const name of byUser.get(pathOfLink(template)) ?? []) note(name, `${user} (${pathOfLink(template)})`);
      const sorted = [...users].map(([name, all]): [string, string[]] => [name, [...all].sort()]);
      return { users: new Map(sorted.sort(([a], [b]) => (a < b ? -1 : 1))), unread: [...unread].sort() };
    },
  };
}

const TEMPLATES = "/instanceTemplates/";

function mayBe(inLink: string, project: string): boolean {
  return inLink === project || /^[0-9]+$/.test(inLink);
}

/** A link without its host and version: `projects/P/zones/Z/disks/D`. */
export function pathOfLink(link: string): string {
  const start = link.search(/(?<![^/])projects\//);
  return start < 0 ? link : link.slice(start);
}
