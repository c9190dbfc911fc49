import { Job, JobIamMember } from "@pulumi/gcp/cloudrunv2";
import { Job as Schedule } from "@pulumi/gcp/cloudscheduler";
import type * as pulumi from "@pulumi/pulumi";
import { seconds } from "../../../core/durations";
import { copyArguments, DOCKER_CONFIG, jobResource, runUrl } from "../../../core/migration/mirror";
import { readSecretVersion } from "../../../core/registry/upstreams";
import { type OwnAccount } from "../../accounts";
import { after, madeOf } from "../../inputs";
import { type CheckedMirror } from "../imageMirrorChecks";
import { type Declared } from "./accounts";

/** Every task runs the same command, which takes its share by its index. */
export function createJob({ parent, name, args }: Declared, account: OwnAccount, ready: pulumi.Resource[]): Job {
  const { labels, taskCount, parallelism, protect } = args;
  return new Job(
    `${name}-job`,
    {
      project: args.project,
      location: args.region,
      name: args.jobName,
      labels,
      deletionProtection: protect,
      template: { labels, taskCount, parallelism, template: taskOf(args, account) },
    },
    { parent, protect, dependsOn: ready },
  );
}

function taskOf(args: CheckedMirror, { email }: OwnAccount) {
  const { bucket, planObject, update, hubBudget, dockerConfigSecretVersion, egress } = args;
  return {
    serviceAccount: email,
    timeout: madeOf(args.timeout, (known) => `${seconds(known)}s`),
    maxRetries: args.maxRetries,
    encryptionKey: args.kmsKey,
    containers: [
      {
        image: args.image,
        commands: ["kiln"],
        args: madeOf({ bucket, planObject, update, hubBudget }, copyArguments),
        resources: { limits: { cpu: madeOf(args.cpu, String), memory: args.memory } },
        ...(dockerConfigSecretVersion !== undefined && {
          envs: [{ name: "DOCKER_CONFIG", value: DOCKER_CONFIG.folder }],
          volumeMounts: [{ name: VOLUME, mountPath: DOCKER_CONFIG.folder }],
        }),
      },
    ],
    ...(dockerConfigSecretVersion !== undefined && { volumes: [volumeOf(dockerConfigSecretVersion)] }),
    ...(egress && { vpcAccess: { egress: "ALL_TRAFFIC", networkInterfaces: [egress] } }),
  };
}

const VOLUME = "docker-config";

/** https://cloud.google.com/run/docs/configuring/jobs/secrets */
function volumeOf(version: pulumi.Input<string>) {
  const part = (field: "secret" | "version") => madeOf(version, (known) => readSecretVersion(known)?.[field] ?? "");
  return {
    name: VOLUME,
    secret: { secret: part("secret"), items: [{ path: DOCKER_CONFIG.file, version: part("version") }] },
  };
}

/** Lets one account start the job as it is declared, and nobody else. */
export function grantRuns({ parent, name, args, grants }: Declared, job: Job, caller: OwnAccount): JobIamMember {
  const { project, region, jobName } = args;
  const resource = madeOf({ project, region, jobName }, (known) =>
    jobResource(known.project, known.region, known.jobName),
  );
  const place = { project, location: region, name: job.name };
  const granted = grants.on(resource, { ...place, role: "roles/run.invoker", member: caller.member });
  return new JobIamMember(`${name}-invoker-grant`, granted, { parent });
}

/** Starts the job at its times. https://cloud.google.com/run/docs/execute/jobs-on-schedule */
export function createSchedule(
  { parent, name, args }: Declared,
  job: Job,
  caller: OwnAccount,
  ready: pulumi.Resource[],
) {
  const { project, region, jobName } = args;
  const url = madeOf({ project, region, jobName }, (known) => runUrl(known.project, known.region, known.jobName));
  return new Schedule(
    `${name}-schedule`,
    {
      project,
      region,
      name: jobName,
      description: "Copies images that are kept fresh",
      schedule: args.schedule,
      timeZone: args.timeZone,
      attemptDeadline: "180s",
      retryConfig: { retryCount: 2, minBackoffDuration: "60s", maxBackoffDuration: "600s" },
      httpTarget: {
        uri: after(job, url),
        httpMethod: "POST",
        oauthToken: { serviceAccountEmail: caller.email, scope: "https://www.googleapis.com/auth/cloud-platform" },
      },
    },
    { parent, dependsOn: ready },
  );
}
