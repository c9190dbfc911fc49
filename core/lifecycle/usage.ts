import { type Image } from "./image";

/** Who uses the images of a project. */
export interface Usage {
  /** What uses an image, by the image's name: `projects/P/zones/Z/disks/D`. */
  users: ReadonlyMap<string, readonly string[]>;
  /** What could not be looked at, with the reason and the role that is missing: any image may be used there. */
  unread: readonly string[];
}

/** Nothing is used, and everything was looked at. */
export const NO_USAGE: Usage = { users: new Map(), unread: [] };

/** Why an image counts as used, if it does. */
export function useOf({ name }: Image, { users, unread }: Usage): string | undefined {
  const known = users.get(name) ?? [];
  if (known.length > 0) return `used by ${known.slice(0, MOST_NAMED).join(", ")}${more(known.length)}`;
  return unread.length > 0
    ? `perhaps used where nobody could look: ${unread.slice(0, MOST_NAMED).join("; ")}${more(unread.length)}`
    : undefined;
}

/** Enough to go and look; a base image may have thousands of disks. */
const MOST_NAMED = 3;

function more(count: number): string {
  return count > MOST_NAMED ? ` and ${count - MOST_NAMED} more` : "";
}

const IMAGE_LINK = /(?:^|\/)projects\/([^/]+)\/global\/images\/([^/]+)$/;

/** Project and name of an image in a link such as `https://www.googleapis.com/compute/v1/projects/P/global/images/I`; nothing for other links, those to families among them. */
export function imageOfLink(link: string | null | undefined): { project: string; name: string } | undefined {
  const match = IMAGE_LINK.exec(link ?? "");
  return match ? { project: match[1], name: match[2] } : undefined;
}
