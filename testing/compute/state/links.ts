const BASE = "https://www.googleapis.com/compute/v1/";

/** `projects/p/global/images/i` as Compute Engine links to it. */
export const linkTo = (path: string) => `${BASE}${path}`;

/**
 * The path that a URL of a resource means: full, partial (`projects/…`), or relative to a project
 * (`global/images/family/web`).
 */
export function pathOf(url: string, project: string): string {
  const path = url.replace(/^https:\/\/[^/]+\//, "").replace(/^\/?(compute\/v1\/)?/, "");
  return path.startsWith("projects/") ? path : `projects/${project}/${path}`;
}

/** The project of a path. */
export const projectOf = (path: string) => path.split("/")[1];

/** `https://…/zones/europe-west1-b/…` and `zones/europe-west1-b` name a zone; the last segment is the name. */
export const lastOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

/** Times as Compute Engine writes them, in Pacific time and not in UTC. */
export const timestamp = (date: Date) => new Date(date.getTime() - 8 * 3_600_000).toISOString().replace("Z", "-08:00");
