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

/** The controller as it is declared. */
export interface CheckedController {
  project: pulumi.Input<string>;
  bucket: pulumi.Input<string>;
  region: pulumi.Input<string>;
  /** `undefined` where it is to be looked up. */
  projectNumber?: pulumi.Input<string>;
  functionName: pulumi.Input<string>;
  schedule: pulumi.Input<string>;
  timeZone: pulumi.Input<string>;
  /** Ids of the projects that use the images, by key. */
  consumers: Record<string, pulumi.Input<string>>;
  assetScope?: CheckedAssetScope;
  projectPolicy?: ProjectPolicyArgs;
  notificationChannels: pulumi.Input<string>[];
  labels: Record<string, pulumi.Input<string>>;
}

/** A folder or an organization. */
export interface CheckedAssetScope {
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
  checks.checkKeys("consumerProjects", args.consumerProjects);
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
