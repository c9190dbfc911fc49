import type * as pulumi from "@pulumi/pulumi";
import { type LifecycleMode } from "../../core/lifecycle/familyPolicy";

/** What is done about images that no `ImageFamily` has a policy for. */
export interface ProjectPolicyArgs {
  /**
   * Whether dates that somebody set by hand, as `gcloud compute images deprecate --delete-in` does, are acted on.
   * https://cloud.google.com/compute/docs/images/deprecate-custom
   * @default false
   */
  honourTimestamps?: pulumi.Input<boolean>;
  /**
   * Whether images that disks, instance templates or instance groups use are left alone.
   * @default true
   */
  protectInUse?: pulumi.Input<boolean>;
  /**
   * Most images without a family policy that one run deletes (1 to 1000).
   * @default 5
   */
  maxDeletesPerRun?: pulumi.Input<number>;
  /**
   * Whether the controller acts or only reports.
   * @default LifecycleMode.Enforce
   */
  mode?: pulumi.Input<LifecycleMode>;
  /**
   * Images that carry one of these labels with this value are left alone, beside those with the label `kiln-hold`.
   * @default - none
   */
  excludeLabels?: Record<string, pulumi.Input<string>>;
}

/** Folder or organization that Cloud Asset Inventory is asked about: exactly one of the two. */
export interface AssetScopeArgs {
  /** Id of the folder, as its number. */
  folderId?: pulumi.Input<string>;
  /** Id of the organization, as its number. */
  organizationId?: pulumi.Input<string>;
}

/** Which project's images are looked after, when, and who is told. */
export interface LifecycleControllerArgs {
  /** Project that holds the images: `ImageProject.projectId`. The function and all around it are made there. */
  project: pulumi.Input<string>;
  /** Bucket that holds the policies: `ImageProject.bucketName`. */
  bucket: pulumi.Input<string>;
  /** Region of the function and of its schedule, such as `europe-west1`. https://cloud.google.com/functions/docs/locations */
  region: pulumi.Input<string>;
  /**
   * Number of the project: `ImageProject.projectNumber`.
   * @default - looked up
   */
  projectNumber?: pulumi.Input<string>;
  /**
   * Name of the function: 4 to 22 lower-case letters, digits and hyphens. Those of its schedule, topics, accounts and
   * roles begin with it; a second controller of one project needs another.
   * @default "kiln-lifecycle"
   */
  functionName?: pulumi.Input<string>;
  /**
   * When it runs, as cron writes it. It runs besides whenever an image was inserted.
   * https://cloud.google.com/scheduler/docs/configuring/cron-job-schedules
   * @default "0 3 * * *"
   */
  schedule?: pulumi.Input<string>;
  /**
   * Time zone of `schedule`, as the tz database names it.
   * @default "Etc/UTC"
   */
  timeZone?: pulumi.Input<string>;
  /**
   * Ids of the projects that use the images, by a name of your choice: what boots from an image there protects it.
   * @default - none: what other projects use is not known, and not protected
   */
  consumerProjects?: Record<string, pulumi.Input<string>>;
  /**
   * Folder or organization that holds all projects that use the images. One question to Cloud Asset Inventory then
   * replaces those to every project; the deployer must be allowed to grant `roles/cloudasset.viewer` on it.
   * @default - the image project and each of `consumerProjects` is asked
   */
  assetScope?: AssetScopeArgs;
  /**
   * What is done about images without a family policy.
   * @default - nothing; a policy that somebody else wrote into the bucket is left there
   */
  projectPolicy?: ProjectPolicyArgs;
  /**
   * Who is told by the alerts, as `projects/P/notificationChannels/N`.
   * https://cloud.google.com/monitoring/support/notification-options
   * @default - nobody: alerts are shown in Cloud Monitoring alone
   */
  notificationChannels?: pulumi.Input<string>[];
  /**
   * Labels of the function, the topics, the subscriptions and the alerts.
   * @default - none
   */
  labels?: Record<string, pulumi.Input<string>>;
}

/** At night, when few people build images; one hour that no change to summer time skips or repeats in UTC. */
export const DEFAULT_SCHEDULE = "0 3 * * *";
export const DEFAULT_TIME_ZONE = "Etc/UTC";
