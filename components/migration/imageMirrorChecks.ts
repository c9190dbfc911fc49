import type * as pulumi from "@pulumi/pulumi";
import { accountPrefix } from "../../core/iam/accounts";
import { DEFAULT_JOB_NAME, DEFAULT_PLAN_OBJECT, MirrorUpdate } from "../../core/migration/mirror";
import {
  cpu,
  dockerConfigSecret,
  egressPlace,
  hubBudget,
  jobImage,
  maxRetries,
  memory,
  memoryOfCpu,
  parallelism,
  planObject,
  planText,
  taskCount,
  taskTimeout,
} from "../../core/migration/mirrorRules";
import { bucketName, kmsKey, notificationChannel, projectId, projectNumber, region } from "../../core/names";
import { repositoryAddress } from "../../core/registry/addresses";
import { notEmpty, oneOf, shapedLike } from "../../core/rules";
import { cronSchedule, isDaily, timeZone } from "../../core/schedule";
import { type InputChecks } from "../inputs";
import { fields, FLAG, LIST, MAP, required } from "../shapes";
import {
  DEFAULT_CPU,
  DEFAULT_MAX_RETRIES,
  DEFAULT_MEMORY,
  DEFAULT_SCHEDULE,
  DEFAULT_TASK_COUNT,
  DEFAULT_TIME_ZONE,
  DEFAULT_TIMEOUT,
  type ImageMirrorArgs,
  type MirrorEgressArgs,
} from "./imageMirrorArgs";

type Optional = "plan" | "dockerConfigSecretVersion" | "hubBudget" | "egress" | "kmsKey" | "projectNumber";

/** The mirror as it is declared. */
export type CheckedMirror = Pick<ImageMirrorArgs, Optional> & Required<Omit<ImageMirrorArgs, Optional>>;

const SHAPE = fields({
  repositories: required(MAP),
  egress: fields({ tags: LIST }),
  notificationChannels: LIST,
  alertOnSilence: FLAG,
  protect: FLAG,
  labels: MAP,
});

/**
 * The inputs with their defaults, once `checks` has thrown nothing.
 *
 * @param protect of the component's own options.
 */
export function checkedMirror(checks: InputChecks, args: ImageMirrorArgs, protect = false): CheckedMirror {
  checks.checkShape(args, SHAPE);
  const schedule = checks.check("schedule", args.schedule ?? DEFAULT_SCHEDULE, cronSchedule);
  const checked: CheckedMirror = {
    project: checks.check("project", args.project, projectId),
    region: checks.check("region", args.region, region),
    bucket: checks.check("bucket", args.bucket, bucketName),
    image: checks.check("image", args.image, jobImage),
    repositories: checkedRepositories(checks, args.repositories),
    plan: checks.checkOptional("plan", args.plan, planText),
    planObject: checks.check("planObject", args.planObject ?? DEFAULT_PLAN_OBJECT, planObject),
    jobName: checks.check("jobName", args.jobName ?? DEFAULT_JOB_NAME, accountPrefix),
    schedule,
    timeZone: checks.check("timeZone", args.timeZone ?? DEFAULT_TIME_ZONE, timeZone),
    update: checks.check("update", args.update ?? MirrorUpdate.Never, oneOf(Object.values(MirrorUpdate))),
    ...checkedTasks(checks, args),
    dockerConfigSecretVersion: checks.checkOptional(
      "dockerConfigSecretVersion",
      args.dockerConfigSecretVersion,
      dockerConfigSecret,
    ),
    hubBudget: checks.checkOptional("hubBudget", args.hubBudget, hubBudget),
    egress: args.egress && checkedEgress(checks, args.egress),
    kmsKey: checks.checkOptional("kmsKey", args.kmsKey, kmsKey),
    projectNumber: checks.checkOptional("projectNumber", args.projectNumber, projectNumber),
    notificationChannels: (args.notificationChannels ?? []).map((channel, index) =>
      checks.check(`notificationChannels[${index}]`, channel, notificationChannel),
    ),
    alertOnSilence: args.alertOnSilence ?? (typeof schedule === "string" && isDaily(schedule)),
    protect: args.protect ?? protect,
    labels: checks.checkLabels("labels", args.labels),
  };
  checks.throwIfAny();
  return checked;
}

type Tasks = "taskCount" | "parallelism" | "timeout" | "maxRetries" | "cpu" | "memory";

function checkedTasks(checks: InputChecks, args: ImageMirrorArgs): Pick<CheckedMirror, Tasks> {
  const tasks = checks.check("taskCount", args.taskCount ?? DEFAULT_TASK_COUNT, taskCount);
  const processors = checks.check("cpu", args.cpu ?? DEFAULT_CPU, cpu);
  const size = checks.check("memory", args.memory ?? DEFAULT_MEMORY, memory);
  if (typeof processors === "number" && typeof size === "string" && !cpu(processors) && !memory(size))
    checks.checkNow("memory", { cpu: processors, memory: size }, memoryOfCpu);
  return {
    taskCount: tasks,
    parallelism: args.parallelism === undefined ? tasks : checkedParallelism(checks, args.parallelism, tasks),
    timeout: checks.check("timeout", args.timeout ?? DEFAULT_TIMEOUT, taskTimeout),
    maxRetries: checks.check("maxRetries", args.maxRetries ?? DEFAULT_MAX_RETRIES, maxRetries),
    cpu: processors,
    memory: size,
  };
}

function checkedParallelism(checks: InputChecks, given: pulumi.Input<number>, tasks: pulumi.Input<number>) {
  const most = typeof tasks === "number" && !taskCount(tasks) ? tasks : undefined;
  return checks.check("parallelism", given, most === undefined ? taskCount : parallelism(most));
}

/** Two grants of one role on one repository are one too many: removing one would take it from the other. */
function checkedRepositories(checks: InputChecks, repositories: ImageMirrorArgs["repositories"]) {
  checks.checkNow(
    "repositories",
    repositories,
    notEmpty('name at least one, as in { hub: "europe-west1-docker.pkg.dev/acme-images/docker-io" }'),
  );
  checks.checkKeys("repositories", repositories);
  const first = new Map<pulumi.Input<string>, string>();
  for (const [key, address] of Object.entries(repositories)) {
    const before = first.get(address);
    if (before === undefined) first.set(address, key);
    else
      checks.checkNow(
        `repositories.${key}`,
        address,
        () => `must not name a repository again, since repositories.${before} does; remove one of them`,
      );
  }
  return checks.checkEach("repositories", repositories, repositoryAddress);
}

function checkedEgress(checks: InputChecks, args: MirrorEgressArgs): MirrorEgressArgs {
  checks.checkNow("egress", args, egressPlace);
  return {
    network: checks.checkOptional("egress.network", args.network, place),
    subnetwork: checks.checkOptional("egress.subnetwork", args.subnetwork, place),
    tags: args.tags?.map((tag, index) => checks.check(`egress.tags[${index}]`, tag, networkTag)),
  };
}

const place = shapedLike(
  /^((https:\/\/www\.googleapis\.com\/compute\/v1\/)?projects\/[^/\s]+\/(global\/networks|regions\/[^/\s]+\/subnetworks)\/)?[a-z]([-a-z0-9]*[a-z0-9])?$/,
  "a name, or projects/P/global/networks/N or projects/P/regions/R/subnetworks/S",
);
const networkTag = shapedLike(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/, "a network tag such as mirror");
