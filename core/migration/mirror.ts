/** What a mirror's job is called where nothing else is said. */
export const DEFAULT_JOB_NAME = "kiln-mirror";

/** Where in the bucket a mirror finds its plan where nothing else is said. */
export const DEFAULT_PLAN_OBJECT = "migration/plan.yaml";

/** Where in the bucket a mirror writes: it can change neither its plan nor what others keep there. */
export const LEDGERS_PREFIX = "migration/ledgers/";

/** Folder and file of Docker's configuration in the job's container; `gcrane` reads it. */
export const DOCKER_CONFIG = { folder: "/var/run/kiln/docker", file: "config.json" } as const;

/** What a mirror does about tags whose images at the source are others than those that it copied. */
export const MirrorUpdate = {
  /** Leaves what is there, and the run fails, so that somebody looks. */
  Never: "Never",
  /** Moves the tag in Artifact Registry as well. A repository with immutable tags refuses that. */
  MovedTags: "MovedTags",
} as const;
export type MirrorUpdate = (typeof MirrorUpdate)[keyof typeof MirrorUpdate];

/** What is copied, and how. */
export interface MirrorCopy {
  bucket: string;
  planObject: string;
  update: MirrorUpdate;
  /** Pulls from Docker Hub in six hours, all tasks together. */
  hubBudget?: number;
}

/**
 * Arguments of `kiln`. Each task takes its share of the plan, and of the budget, by its index. Its ledger belongs to one
 * execution: a task that is tried again goes on where it was, and the next run asks anew what tags stand for.
 */
export function copyArguments({ bucket, planObject, update, hubBudget }: MirrorCopy): string[] {
  return [
    ...["containers", "copy", objectUrl(bucket, planObject)],
    ...["--ledger", objectUrl(bucket, LEDGERS_PREFIX)],
    ...(update === MirrorUpdate.MovedTags ? ["--overwrite"] : []),
    ...(hubBudget === undefined ? [] : ["--hub-budget", String(hubBudget)]),
  ];
}

/** Address of an object, or of all whose names begin so. */
export function objectUrl(bucket: string, object: string): string {
  return `gs://${bucket}/${object}`;
}

/** Where a job is started. https://cloud.google.com/run/docs/execute/jobs-on-schedule */
export function runUrl(project: string, region: string, job: string): string {
  return `https://run.googleapis.com/v2/${jobResource(project, region, job)}:run`;
}

/** How Cloud Run itself names a job. */
export function jobResource(project: string, region: string, job: string): string {
  return `projects/${project}/locations/${region}/jobs/${job}`;
}

/**
 * Condition for what a mirror reads: its plan, its ledgers, and which of them there are.
 * https://cloud.google.com/iam/docs/conditions-resource-attributes
 */
export function readableObjects(bucket: string, planObject: string): string {
  return [
    'resource.type == "storage.googleapis.com/Bucket"',
    `resource.name == "${objectResource(bucket, planObject)}"`,
    writableObjects(bucket),
  ].join(" || ");
}

/** Condition for what a mirror writes. */
export function writableObjects(bucket: string): string {
  return `resource.name.startsWith("${objectResource(bucket, LEDGERS_PREFIX)}")`;
}

/** Filter of Cloud Run's own count of a job's ended executions. https://cloud.google.com/monitoring/api/metrics_gcp_p_z#gcp-run */
export function endedExecutions(region: string, job: string, result: "succeeded" | "failed"): string {
  return [
    'metric.type="run.googleapis.com/job/completed_execution_count"',
    'resource.type="cloud_run_job"',
    `resource.labels.job_name="${job}"`,
    `resource.labels.location="${region}"`,
    `metric.labels.result="${result}"`,
  ].join(" AND ");
}

/** Filter of the log entries of a schedule that could not start its job. */
export function failedStarts(region: string, job: string): string {
  return [
    'resource.type="cloud_scheduler_job"',
    `resource.labels.job_id="${job}"`,
    `resource.labels.location="${region}"`,
    "severity>=ERROR",
  ].join(" AND ");
}

function objectResource(bucket: string, object: string): string {
  return `projects/_/buckets/${bucket}/objects/${object}`;
}
