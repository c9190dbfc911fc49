import { duration, seconds } from "../durations";
import { computeName, labels } from "../names";
import { oneOf, type Rule, shown, trueOrFalse, wholeBetween } from "../rules";
import { type Channel, channels } from "./channels";

/** Version of the documents that Kiln writes; a change needs a new one and a reader for the old. */
export const API_VERSION = "kiln/v1";

/** What the lifecycle controller does with a policy. */
export const LifecycleMode = {
  /** Acts on the images. */
  Enforce: "Enforce",
  /** Says what it would do. */
  Report: "Report",
} as const;
export type LifecycleMode = (typeof LifecycleMode)[keyof typeof LifecycleMode];

/**
 * Length of a wait, as gcloud writes it: `30d`, `12h`, `P30D`.
 * @pattern ^(([0-9]+[wdhms])+|P(?=.)([0-9]+W)?([0-9]+D)?(T(?=.)([0-9]+H)?([0-9]+M)?([0-9]+S)?)?)$
 */
export type Duration = string;

/** When the images of a family are deprecated, made obsolete and deleted. */
export interface LifecyclePolicy {
  /** Wait between the creation of a newer image and the deprecation of the one it supersedes. */
  deprecateAfter: Duration;
  /** Wait between an image's deprecation and its becoming obsolete; without it images never do. */
  obsoleteAfter?: Duration;
  /** Wait between an image's deprecation and its deletion; without it images are never deleted. */
  deleteAfter?: Duration;
  /**
   * How many images that are neither obsolete nor deleted stay, whatever their age.
   * @asType integer
   * @minimum 1
   * @maximum 1000
   */
  retainAtLeast: number;
  /** Whether images that disks, templates or instance groups use are left alone. */
  protectInUse: boolean;
  /**
   * Most images of the family that one run deletes.
   * @asType integer
   * @minimum 1
   * @maximum 1000
   */
  maxDeletesPerRun: number;
  /** Whether the controller acts or only reports. */
  mode: LifecycleMode;
  /** Images that carry one of these labels with this value are left alone. */
  excludeLabels: Record<string, string>;
  /** The channels that images of the family are promoted through, in their order; each is a family with a policy of its own. */
  channels?: Channel[];
}

/** The document that tells the lifecycle controller about a family. */
export interface FamilyPolicyDocument {
  /** Version of the document. */
  apiVersion: typeof API_VERSION;
  /** Kind of the document. */
  kind: "FamilyPolicy";
  /** What the policy is for. */
  metadata: {
    /**
     * Name of the image family.
     * @pattern ^[a-z]([-a-z0-9]*[a-z0-9])?$
     * @maxLength 63
     */
    family: string;
    /** Project that holds the images. */
    project: string;
    /** What the family is for, for people. */
    description?: string;
  };
  /** The policy. */
  spec: LifecyclePolicy;
}

/**
 * What holds where nothing is said. Superseded images are deprecated at once, since consumers of a family get the newer
 * one anyway; nothing becomes obsolete or is deleted without being asked; three images leave room for two rollbacks.
 */
export const DEFAULT_LIFECYCLE: LifecyclePolicy = {
  deprecateAfter: "0s",
  retainAtLeast: 3,
  protectInUse: true,
  maxDeletesPerRun: 5,
  mode: LifecycleMode.Enforce,
  excludeLabels: {},
};

/** Rules for the fields of a policy, by field. */
export const LIFECYCLE_RULES: { [Field in keyof LifecyclePolicy]-?: Rule<NonNullable<LifecyclePolicy[Field]>> } = {
  deprecateAfter: duration,
  obsoleteAfter: duration,
  deleteAfter: duration,
  retainAtLeast: wholeBetween(1, 1000, "images, so that the family never runs empty"),
  protectInUse: trueOrFalse,
  maxDeletesPerRun: wholeBetween(1, 1000, "images a run"),
  mode: oneOf(Object.values(LifecycleMode)),
  excludeLabels: labels,
  channels,
};

/** Rule for the name of a family. */
export const familyName: Rule<string> = computeName;

/** A rule for the order of the waits: images are obsolete no later than they are deleted. */
export const lifecycleOrder: Rule<Pick<LifecyclePolicy, "obsoleteAfter" | "deleteAfter">> = ({
  obsoleteAfter,
  deleteAfter,
}) => {
  if (deleteAfter === undefined || obsoleteAfter === undefined) return undefined;
  if (duration(obsoleteAfter) !== undefined || duration(deleteAfter) !== undefined) return undefined;
  return seconds(deleteAfter) >= seconds(obsoleteAfter)
    ? undefined
    : `must not be before obsoleteAfter (${obsoleteAfter}), since both count from the deprecation, got ${shown(deleteAfter)}`;
};

/** Where the policy of a family lies in the factory's bucket. */
export function policyObjectName(family: string): string {
  return `families/${family}.json`;
}

/** The same with its bucket, as gcloud storage names it. */
export function policyUrl(bucket: string, family: string): string {
  return `gs://${bucket}/${policyObjectName(family)}`;
}

/** What consumers name to get the newest image of a family. https://cloud.google.com/compute/docs/images/image-families-best-practices */
export function familyReference(project: string, family: string): string {
  return `projects/${project}/global/images/family/${family}`;
}
