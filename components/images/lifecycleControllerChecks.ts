import type * as pulumi from "@pulumi/pulumi";
import { DEFAULT_FUNCTION_NAME, functionName, oneAssetScope } from "../../core/lifecycle/controller";
import { PROJECT_LIFECYCLE_RULES } from "../../core/lifecycle/projectPolicy";
import {
  bareNumber,
  bucketName,
  folderId,
  notificationChannel,
  organizationId,
  projectId,
  projectNumber,
  region,
} from "../../core/names";
import { type Rule } from "../../core/rules";
import { cronSchedule, timeZone } from "../../core/schedule";
import { type InputChecks, madeOf } from "../inputs";
import { fields, LIST, MAP } from "../shapes";
import {
  type AssetScopeArgs,
  DEFAULT_SCHEDULE,
  DEFAULT_TIME_ZONE,
  type LifecycleControllerArgs,
  type ProjectPolicyArgs,
} from "./lifecycleControllerArgs";

type Given = "project" | "bucket" | "region" | "projectNumber" | "projectPolicy";
type Defaulted = "functionName" | "schedule" | "timeZone" | "notificationChannels" | "labels";

/** The controller as it is declared. */
export type CheckedController = Pick<LifecycleControllerArgs, Given> &
  Required<Pick<LifecycleControllerArgs, Defaulted>> & {
    /** Ids of the projects that use the images, by key. */
    consumers: Record<string, pulumi.Input<string>>;
    /** Folder or organization that holds all of them. */
    assetScope?: CheckedAssetScope;
  };

/** A folder or an organization. */
export interface CheckedAssetScope {
  /** Which of the two, as the API names it. */
  kind: "folders" | "organizations";
  /** Its number. */
  id: pulumi.Input<string>;
}

const SHAPE = fields({
  consumerProjects: MAP,
  assetScope: fields({}),
  projectPolicy: fields({ excludeLabels: MAP }),
  notificationChannels: LIST,
  labels: MAP,
});

/** The inputs with their defaults, once `checks` has thrown nothing. */
export function checkedController(checks: InputChecks, args: LifecycleControllerArgs): CheckedController {
  checks.checkShape(args, SHAPE);
  const { notificationChannels = [], assetScope, projectPolicy } = args;
  checkConsumers(checks, args.consumerProjects ?? {});
  const checked: CheckedController = {
    project: checks.check("project", args.project, projectId),
    bucket: checks.check("bucket", args.bucket, bucketName),
    region: checks.check("region", args.region, region),
    projectNumber: checks.checkOptional("projectNumber", args.projectNumber, projectNumber),
    functionName: checks.check("functionName", args.functionName ?? DEFAULT_FUNCTION_NAME, functionName),
    schedule: checks.check("schedule", args.schedule ?? DEFAULT_SCHEDULE, cronSchedule),
    timeZone: checks.check("timeZone", args.timeZone ?? DEFAULT_TIME_ZONE, timeZone),
    consumers: checks.checkEach("consumerProjects", args.consumerProjects, projectId),
    assetScope: assetScope && checkedScope(checks, assetScope),
    projectPolicy: projectPolicy && checkedPolicy(checks, projectPolicy),
    notificationChannels: notificationChannels.map((channel, index) =>
      checks.check(`notificationChannels[${index}]`, channel, notificationChannel),
    ),
    labels: checks.checkLabels("labels", args.labels),
  };
  checks.throwIfAny();
  return checked;
}

/** Two roles of one name in one project are one too many. */
function checkConsumers(checks: InputChecks, consumers: Record<string, pulumi.Input<string>>): void {
  checks.checkKeys("consumerProjects", consumers);
  const first = new Map<pulumi.Input<string>, string>();
  for (const [key, project] of Object.entries(consumers)) {
    const before = first.get(project);
    if (before === undefined) first.set(project, key);
    else
      checks.checkNow(
        `consumerProjects.${key}`,
        project,
        () => `must not name a project again, since consumerProjects.${before} does; remove one of them`,
      );
  }
}

function checkedScope(checks: InputChecks, args: AssetScopeArgs): CheckedAssetScope {
  checks.checkNow("assetScope", args, oneAssetScope);
  const folder = checks.checkOptional("assetScope.folderId", args.folderId, folderId);
  const organization = checks.checkOptional("assetScope.organizationId", args.organizationId, organizationId);
  return folder === undefined
    ? { kind: "organizations", id: madeOf(organization ?? "", bareNumber) }
    : { kind: "folders", id: madeOf(folder, bareNumber) };
}

function checkedPolicy(checks: InputChecks, args: ProjectPolicyArgs): ProjectPolicyArgs {
  const rules = Object.entries<Rule<never>>(PROJECT_LIFECYCLE_RULES).filter(([field]) => field !== "excludeLabels");
  const checked: ProjectPolicyArgs = Object.fromEntries(
    rules.map(([field, rule]) => [field, checks.checkOptional(`projectPolicy.${field}`, args[field as never], rule)]),
  );
  checked.excludeLabels = args.excludeLabels && checks.checkLabels("projectPolicy.excludeLabels", args.excludeLabels);
  return checked;
}
