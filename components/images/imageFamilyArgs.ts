import type * as pulumi from "@pulumi/pulumi";
import { type LifecycleMode } from "../../core/lifecycle/familyPolicy";

/** When the images of a family are deprecated, made obsolete and deleted. Waits are written as gcloud does: `30d`, `12h`, `P30D`. */
export interface LifecyclePolicyArgs {
  /**
   * Wait between the creation of a newer image and the deprecation of the one that it supersedes.
   * @default "0s"
   */
  deprecateAfter?: pulumi.Input<string>;
  /**
   * Wait between an image's deprecation and its becoming obsolete, after which no instance can be created from it.
   * @default - as long as deleteAfter; without that, never
   */
  obsoleteAfter?: pulumi.Input<string>;
  /**
   * Wait between an image's deprecation and its deletion; not shorter than `obsoleteAfter`.
   * @default - never
   */
  deleteAfter?: pulumi.Input<string>;
  /**
   * How many images that are neither obsolete nor deleted stay, whatever their age (1 to 1000).
   * @default 3
   */
  retainAtLeast?: pulumi.Input<number>;
  /**
   * Whether images that disks, instance templates or instance groups use are left alone.
   * @default true
   */
  protectInUse?: pulumi.Input<boolean>;
  /**
   * Most images of the family that one run of the lifecycle controller deletes (1 to 1000).
   * @default 5
   */
  maxDeletesPerRun?: pulumi.Input<number>;
  /**
   * Whether the lifecycle controller acts or only reports.
   * @default LifecycleMode.Enforce
   */
  mode?: pulumi.Input<LifecycleMode>;
  /**
   * Images that carry one of these labels with this value are left alone, beside those with the label `kiln-hold`.
   * @default - none
   */
  excludeLabels?: Record<string, pulumi.Input<string>>;
}

/** A place on the way of an image, such as staging. What it is called and whether it is restricted is plain. */
export interface ImageChannelArgs {
  /** At most 30 lower-case letters, digits and hyphens; its family and its child are named after it. */
  name: string;
  /**
   * Whether an image needs the label `kiln-approved-by` to get there.
   * @default false
   */
  restricted?: boolean;
  /**
   * When images of the channel are deprecated, made obsolete and deleted.
   * @default - as those of the family
   */
  lifecycle?: LifecyclePolicyArgs;
}

export interface ImageFamilyArgs {
  /** Project that holds the images: `ImageProject.projectId`. */
  project: pulumi.Input<string>;
  /** Bucket that holds the policies: `ImageProject.bucketName`. */
  bucket: pulumi.Input<string>;
  /**
   * Name of the family: at most 63 lower-case letters, digits and hyphens, beginning with a letter. Families of arm64
   * images need a name of their own, since Compute Engine's look-up by family does not tell architectures apart.
   * @default - the component's name
   */
  family?: pulumi.Input<string>;
  /** What the family is for, for people. */
  description?: pulumi.Input<string>;
  /**
   * When its images are deprecated, made obsolete and deleted.
   * @default - superseded images are deprecated at once, none becomes obsolete or is deleted
   */
  lifecycle?: LifecyclePolicyArgs;
  /**
   * The channels that images are promoted through, in their order. Each is a family of its own, `FAMILY-CHANNEL`, with a
   * policy of its own; builds publish into the family itself, and `kiln images promote` copies an image into the next
   * channel. https://cloud.google.com/compute/docs/images/image-families-best-practices
   * @default - none
   */
  channels?: ImageChannelArgs[];
  /**
   * Look the newest image up, for `newestImage`. Fails while the family has none.
   * @default false
   */
  lookUpNewest?: boolean;
}
