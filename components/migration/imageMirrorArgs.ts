import type * as pulumi from "@pulumi/pulumi";
import { type MirrorUpdate } from "../../core/migration/mirror";

/** Where the traffic of a mirror's tasks goes out: a network, a subnetwork of one, or both. */
export interface MirrorEgressArgs {
  /**
   * Network, as its name or as `projects/P/global/networks/N`.
   * @default - that of `subnetwork`
   */
  network?: pulumi.Input<string>;
  /**
   * Subnetwork in the mirror's region, as its name or as `projects/P/regions/R/subnetworks/S`. Each task at once takes
   * addresses of it. https://cloud.google.com/run/docs/configuring/vpc-direct-vpc
   * @default - the one that has the network's name
   */
  subnetwork?: pulumi.Input<string>;
  /**
   * Network tags of the tasks, for firewall rules.
   * @default - none
   */
  tags?: pulumi.Input<string>[];
}

/** What is copied, into which repositories, when, and with what. */
export interface ImageMirrorArgs {
  /** Project in which the job runs: `ImageProject.projectId`. */
  project: pulumi.Input<string>;
  /** Region of the job and of its schedule, such as `europe-west1`. https://cloud.google.com/run/docs/locations */
  region: pulumi.Input<string>;
  /** Bucket that holds the plan and the ledgers: `ImageProject.bucketName`. */
  bucket: pulumi.Input<string>;
  /**
   * Image that the job runs: one with `kiln` and `gcrane`, best named by its digest. The package's `images/mirror` builds
   * it. Of another project, Cloud Run's service agent must be allowed to pull it.
   */
  image: pulumi.Input<string>;
  /**
   * Repositories that the plan copies into, as `LOCATION-docker.pkg.dev/PROJECT/REPOSITORY` and by a name of your choice:
   * `ContainerRegistry.urls` has them. The job may write to these and no others.
   */
  repositories: Record<string, pulumi.Input<string>>;
  /**
   * Text of the plan, which is written to `planObject`.
   * @default - the object is somebody else's to write
   */
  plan?: pulumi.Input<string>;
  /**
   * Name of the plan's object in the bucket: letters, digits, `.`, `_`, `-` and `/`.
   * @default "migration/plan.yaml"
   */
  planObject?: pulumi.Input<string>;
  /**
   * Name of the job: 4 to 22 lower-case letters, digits and hyphens. Those of its schedule and accounts begin with it; a
   * second mirror of one project needs another.
   * @default "kiln-mirror"
   */
  jobName?: pulumi.Input<string>;
  /**
   * When it runs, as cron writes it. https://cloud.google.com/scheduler/docs/configuring/cron-job-schedules
   * @default "0 1 * * *"
   */
  schedule?: pulumi.Input<string>;
  /**
   * Time zone of `schedule`, as the tz database names it.
   * @default "Etc/UTC"
   */
  timeZone?: pulumi.Input<string>;
  /**
   * What is done about a tag whose image at the source is another than the one in Artifact Registry.
   * @default MirrorUpdate.Never
   */
  update?: pulumi.Input<MirrorUpdate>;
  /**
   * Number of tasks that share the plan (1 to 10000). https://cloud.google.com/run/docs/configuring/task-count
   * @default 1
   */
  taskCount?: pulumi.Input<number>;
  /**
   * How many of them run at once (1 to `taskCount`). https://cloud.google.com/run/docs/configuring/parallelism
   * @default - all
   */
  parallelism?: pulumi.Input<number>;
  /**
   * How long one attempt of a task may take, from `1s` to `168h`. What is left is the next run's.
   * https://cloud.google.com/run/docs/configuring/task-timeout
   * @default "6h"
   */
  timeout?: pulumi.Input<string>;
  /**
   * How often a task that failed is tried again in the same run (0 to 10). It goes on where it was.
   * @default 1
   */
  maxRetries?: pulumi.Input<number>;
  /**
   * Processors of a task: 1, 2, 4, 6 or 8. https://cloud.google.com/run/docs/configuring/services/cpu
   * @default 1
   */
  cpu?: pulumi.Input<number>;
  /**
   * Memory of a task, as `512Mi` or `2Gi`; its files count as well.
   * https://cloud.google.com/run/docs/configuring/services/memory-limits
   * @default "1Gi"
   */
  memory?: pulumi.Input<string>;
  /**
   * Version of the secret that holds Docker's `config.json` with credentials of the sources, as
   * `projects/P/secrets/S/versions/V`. It is mounted as a file, and the job's account may read that secret alone.
   * @default - sources are asked without an account
   */
  dockerConfigSecretVersion?: pulumi.Input<string>;
  /**
   * Pulls from Docker Hub that a run may make in six hours, all tasks together. https://docs.docker.com/docker-hub/usage/
   * @default - what `kiln containers copy` takes Docker Hub to allow
   */
  hubBudget?: pulumi.Input<number>;
  /**
   * Where its traffic goes out. Docker Hub counts anonymous pulls by address: with a network that has Cloud NAT, the
   * mirror has one that it shares with nobody else.
   * @default - Google's addresses, which others use as well
   */
  egress?: MirrorEgressArgs;
  /**
   * Key that encrypts the job's copy of its image, as `projects/P/locations/L/keyRings/R/cryptoKeys/K`, held in the job's
   * region. Cloud Run's service agent is granted its use. https://cloud.google.com/run/docs/securing/using-cmek
   * @default - Google's own keys
   */
  kmsKey?: pulumi.Input<string>;
  /**
   * Number of the project, for `kmsKey`: `ImageProject.projectNumber`.
   * @default - looked up
   */
  projectNumber?: pulumi.Input<string>;
  /**
   * Who is told by the alerts, as `projects/P/notificationChannels/N`.
   * https://cloud.google.com/monitoring/support/notification-options
   * @default - nobody: alerts are shown in Cloud Monitoring alone
   */
  notificationChannels?: pulumi.Input<string>[];
  /**
   * Alert where no run has gone well for two days.
   * @default - true where `schedule` is known and has times on every day
   */
  alertOnSilence?: boolean;
  /**
   * Protect the job from deletion. Release it in an update of its own before the one that deletes it.
   * @default - the component's own `protect` option; without that, false: it holds no data
   */
  protect?: boolean;
  /**
   * Labels of the job, its executions and the alerts.
   * @default - none
   */
  labels?: Record<string, pulumi.Input<string>>;
}

/** Before the lifecycle controller's hour, in a zone that no change to summer time skips or repeats. */
export const DEFAULT_SCHEDULE = "0 1 * * *";
export const DEFAULT_TIME_ZONE = "Etc/UTC";
/** Enough for some thousand images: layers go from registry to registry, and those that are there are not sent again. */
export const DEFAULT_TASK_COUNT = 1;
/** One window of Docker Hub's limit. A task that waits for the next one is paid for; a run of the next night is not. */
export const DEFAULT_TIMEOUT = "6h";
/** A task that lost its machine goes on; one that fails twice waits for somebody to look, or for the next night. */
export const DEFAULT_MAX_RETRIES = 1;
/** A copy waits for networks. */
export const DEFAULT_CPU = 1;
/** Kiln takes 200 MB and each copy of gcrane some 50: layers are streamed, and no file keeps them. */
export const DEFAULT_MEMORY = "1Gi";
