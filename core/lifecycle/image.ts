/** What the decisions need to know of an image; field names as in Compute Engine's API. https://cloud.google.com/compute/docs/reference/rest/v1/images */
export interface Image {
  /** Number that Compute Engine assigned. */
  id: string;
  name: string;
  family?: string;
  /** `X86_64`, `ARM64`; images without one are x86. */
  architecture?: string;
  /** RFC 3339. */
  creationTimestamp: string;
  /** `READY`, `PENDING`, `FAILED`, `DELETING`. */
  status: string;
  labels?: Record<string, string>;
  deprecated?: DeprecationStatus;
}

/** What is said of an image's age. https://cloud.google.com/compute/docs/images/deprecate-custom */
export interface DeprecationStatus {
  /** One of {@link ImageState}; none is as `ACTIVE`. */
  state?: string;
  /** Self link of the image to use instead. */
  replacement?: string;
  /** RFC 3339 time from which it is deprecated; Compute Engine itself never acts on these three. */
  deprecated?: string;
  /** RFC 3339 time from which it is obsolete. */
  obsolete?: string;
  /** RFC 3339 time from which it is deleted. */
  deleted?: string;
}

/** The states that Compute Engine knows. */
export const ImageState = {
  /** Usable; the newest one of a family is what the family stands for. */
  Active: "ACTIVE",
  /** Usable with a warning. */
  Deprecated: "DEPRECATED",
  /** New disks cannot be made from it. */
  Obsolete: "OBSOLETE",
  /** As obsolete; the image is still there. */
  Deleted: "DELETED",
} as const;
export type ImageState = (typeof ImageState)[keyof typeof ImageState];

const STATES = new Set<string>(Object.values(ImageState));

/** Label of images that nobody may act on; its value says why. */
export const HOLD_LABEL = "kiln-hold";

/** Label of what an image was made from: the number of the base image, or of the image that a promotion copied. */
export const PARENT_LABEL = "kiln-parent-id";

/** Label of the channel that an image was promoted to. */
export const CHANNEL_LABEL = "kiln-channel";

/** Label of images whose tests passed, with the value `passed`. */
export const TESTS_LABEL = "kiln-tests";

/** Label of images that may go into a restricted channel; its value says who decided so. */
export const APPROVER_LABEL = "kiln-approved-by";

/** Label of images made from a revoked one; its value is the number of that one. */
export const REVOKED_PARENT_LABEL = "kiln-revoked-parent";

/** State of an image, or `undefined` for one that this version does not know. */
export function stateOf({ deprecated }: Image): ImageState | undefined {
  const state = deprecated?.state || ImageState.Active;
  return STATES.has(state) ? (state as ImageState) : undefined;
}

/** Whether new disks can be made from it. */
export function isUsable(image: Image): boolean {
  const state = stateOf(image);
  return image.status === "READY" && (state === ImageState.Active || state === ImageState.Deprecated);
}

/** Whether a family can stand for it. */
export function isActive(image: Image): boolean {
  return image.status === "READY" && stateOf(image) === ImageState.Active;
}

/** The architecture by which images of one family are told apart. */
export function architectureOf({ architecture }: Image): string {
  return architecture && architecture !== "ARCHITECTURE_UNSPECIFIED" ? architecture : "X86_64";
}

/** RFC 3339 as milliseconds since 1970, or `undefined` where it is missing or cannot be read. */
export function instant(timestamp: string | undefined): number | undefined {
  const at = timestamp === undefined ? NaN : Date.parse(timestamp);
  return Number.isNaN(at) ? undefined : at;
}

/** Milliseconds since 1970 as RFC 3339, in whole seconds. */
export function timestamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, -".000Z".length)}Z`;
}

/** Self link of an image. */
export function linkOf(project: string, image: string): string {
  return `https://www.googleapis.com/compute/v1/projects/${project}/global/images/${image}`;
}
