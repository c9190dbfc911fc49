import { type Value } from "../value";

/** An image as a resource names it. */
export interface ImageReference {
  /** Undefined where the name stands alone and therefore means the resource's own project. */
  project?: string;
  /** Name of an image or a family. */
  name: string;
  /** Whether it names a family; undefined where the provider finds out. */
  isFamily?: boolean;
}

const PATH =
  /^(?:https:\/\/[a-z.]*googleapis\.com\/(?:compute\/)?\w+\/)?(?:projects\/([^/]+)\/)?global\/images\/(family\/)?([^/]+)$/;
const SHORT = /^(?:([^/]+)\/)?([^/]+)$/;

/**
 * Reads the forms in which Compute Engine and the provider take an image; undefined where a value is none of them.
 * https://www.pulumi.com/registry/packages/gcp/api-docs/compute/instance/#instancebootdiskinitializeparams
 */
export function imageReference(value: Value): ImageReference | undefined {
  if (typeof value !== "string") return undefined;
  const path = PATH.exec(value);
  if (path) return { project: path[1], name: path[3], isFamily: path[2] !== undefined };
  const short = SHORT.exec(value);
  if (!short) return undefined;
  return short[1] === "family" ? { name: short[2], isFamily: true } : { project: short[1], name: short[2] };
}

/** Whether a name ends with a date or a time, as the names of single images do. */
export function isVersion(name: string): boolean {
  return /-v?\d{8}\w*(-|$)/.test(name);
}
