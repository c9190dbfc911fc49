import { notFound } from "../protocol/errors";
import type { Fields } from "../protocol/messages";
import { lastOf } from "../state/links";
import type { Resource, Store } from "../state/store";

/** The newest image of a family that is ready and not deprecated. @throws 404 where there is none. */
export function newestOf(store: Store, project: string, family: string): Resource {
  const usable = store
    .list(`projects/${project}/global/images`)
    .filter((image) => image.family === family && image.status === "READY" && isActive(image));
  if (usable.length === 0) throw notFound(`projects/${project}/global/images/family/${family}`);
  return usable.reduce((newest, image) => (byAge(newest, image) < 0 ? image : newest));
}

const isActive = ({ deprecated }: Resource) => ((deprecated as Fields | undefined)?.state ?? "ACTIVE") === "ACTIVE";

function byAge(a: Resource, b: Resource): number {
  const age = Date.parse(a.creationTimestamp) - Date.parse(b.creationTimestamp);
  return age !== 0 ? age : Number(BigInt(a.id) - BigInt(b.id));
}

/** The image that a URL means, one of a family included. */
export function imageAt(store: Store, path: string): Resource {
  const [, project, , , family] = path.split("/");
  return family === "family" ? newestOf(store, project, lastOf(path)) : store.get(path);
}
