import * as pulumi from "@pulumi/pulumi";
import { type Function } from "@pulumi/gcp/cloudfunctionsv2";
import { type Job } from "@pulumi/gcp/cloudscheduler";
import { type AlertPolicy, type Dashboard } from "@pulumi/gcp/monitoring";
import { getProjectOutput } from "@pulumi/gcp/organizations";
import { BucketObject } from "@pulumi/gcp/storage";
import { type Grant } from "../../core/iam/grants";
import { functionUrl } from "../../core/lifecycle/controller";
import { API_VERSION } from "../../core/lifecycle/familyPolicy";
import {
  DEFAULT_PROJECT_LIFECYCLE,
  PROJECT_POLICY_OBJECT,
  type ProjectLifecyclePolicy,
  type ProjectPolicyDocument,
} from "../../core/lifecycle/projectPolicy";
import { requirementsOf } from "../../core/requirements";
import { GrantRecord } from "../grants";
import { after, InputChecks, madeOf } from "../inputs";
import { createAccount, grantBucket, grantBuild, grantImageProject, grantUsage } from "./lifecycle/accounts";
import { type Declared } from "./lifecycle/declared";
import { createFunction, createSource, grantCalls } from "./lifecycle/function";
import { createAlerts, createDashboard, createMetrics } from "./lifecycle/monitoring";
import { createImageEvents, createSchedule, type ImageEvents, type Target } from "./lifecycle/triggers";
import { type LifecycleControllerArgs } from "./lifecycleControllerArgs";
import { checkedController, type CheckedController } from "./lifecycleControllerChecks";

/**
 * Enforces the policies of image families: a function that reads them from the factory's bucket, deprecates, makes
 * obsolete and deletes images by them, and writes a report of what it did and of what it left alone, and why.
 *
 * It runs by a schedule and whenever an image was inserted, as an account that may do just that. Deleting the component
 * stops all aging; nothing that it did is undone. https://cloud.google.com/compute/docs/images/deprecate-custom
 *
 * @example
 * const images = new ImageProject("images", { projectId: "acme-images", location: "EU" });
 * new LifecycleController("lifecycle", {
 *   project: images.projectId,
 *   projectNumber: images.projectNumber,
 *   bucket: images.bucketName,
 *   region: "europe-west1",
 *   consumerProjects: { shop: "acme-shop", search: "acme-search" },
 * });
 */
export class LifecycleController extends pulumi.ComponentResource {
  /** APIs and roles that the deployer needs. */
  static readonly requirements = requirementsOf([
    "gcp:cloudfunctionsv2/function:Function",
    "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
    "gcp:cloudscheduler/job:Job",
    "gcp:folder/iAMMember:IAMMember",
    "gcp:logging/metric:Metric",
    "gcp:logging/projectSink:ProjectSink",
    "gcp:monitoring/alertPolicy:AlertPolicy",
    "gcp:monitoring/dashboard:Dashboard",
    "gcp:organizations/getProject:getProject",
    "gcp:organizations/iAMMember:IAMMember",
    "gcp:projects/iAMCustomRole:IAMCustomRole",
    "gcp:projects/iAMMember:IAMMember",
    "gcp:projects/serviceIdentity:ServiceIdentity",
    "gcp:pubsub/subscription:Subscription",
    "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember",
    "gcp:pubsub/topic:Topic",
    "gcp:pubsub/topicIAMMember:TopicIAMMember",
    "gcp:serviceaccount/account:Account",
    "gcp:storage/bucketIAMMember:BucketIAMMember",
    "gcp:storage/bucketObject:BucketObject",
  ]);

  /** Name of the function, once it is there. */
  readonly functionName: pulumi.Output<string>;
  /** Address of the function, which only `invokerEmail` may call, from inside only. */
  readonly functionUrl: pulumi.Output<string>;
  /** E-mail of the account that ages images. */
  readonly agentEmail: pulumi.Output<string>;
  /** E-mail of the account as which the schedule and new images call the function. */
  readonly invokerEmail: pulumi.Output<string>;
  /** Where the reports of the runs lie, as `gs://BUCKET/lifecycle/reports/`. */
  readonly reportsUrl: pulumi.Output<string>;
  /** Type of the metric of what was done to images, as `logging.googleapis.com/user/NAME/actions`. */
  readonly actionsMetric: pulumi.Output<string>;
  /** Every grant that is made, sorted. */
  readonly grants: pulumi.Output<Grant[]>;
  /** The function. */
  readonly function: Function;
  /** Calls the function at its times. */
  readonly schedule: Job;
  /** Calls the function when an image was inserted. */
  readonly imageEvents: ImageEvents;
  /** Alerts about runs that failed, policies that were refused, and silence. */
  readonly alerts: AlertPolicy[];
  /** Shows what was done and what was not. */
  readonly dashboard: Dashboard;
  /** The document about images without a family policy; `undefined` without `projectPolicy`. */
  readonly projectPolicyObject?: BucketObject;

  constructor(name: string, args: LifecycleControllerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kiln:index:LifecycleController", name, args, opts);
    const declared = this.#declared(name, args);
    const inputs = declared.args;
    this.projectPolicyObject = this.#createProjectPolicy(name, inputs);
    const agent = createAccount(declared, "agent", "Ages images by the policies of their families");
    this.function = this.#createFunction(declared, agent);
    const target = this.#createTarget(declared);
    this.schedule = createSchedule(declared, target);
    this.imageEvents = createImageEvents(declared, target);
    const metrics = createMetrics(declared);
    this.alerts = createAlerts(declared, metrics);
    this.dashboard = createDashboard(declared, metrics);

    this.functionName = after(this.function, inputs.functionName);
    this.functionUrl = target.url;
    this.agentEmail = agent.email;
    this.invokerEmail = target.caller.email;
    this.reportsUrl = pulumi.interpolate`gs://${inputs.bucket}/lifecycle/reports/`;
    this.actionsMetric = pulumi.interpolate`logging.googleapis.com/user/${metrics.actions.name}`;
    this.grants = declared.grants.told();
    this.registerOutputs({
      functionName: this.functionName,
      functionUrl: this.functionUrl,
      agentEmail: this.agentEmail,
      invokerEmail: this.invokerEmail,
      reportsUrl: this.reportsUrl,
      actionsMetric: this.actionsMetric,
      grants: this.grants,
    });
  }

  #declared(name: string, args: LifecycleControllerArgs): Declared {
    const inputs = checkedController(new InputChecks(this, `LifecycleController "${name}"`), args);
    const projectNumber =
      inputs.projectNumber ?? getProjectOutput({ projectId: inputs.project }, { parent: this }).number;
    return { parent: this, name, args: { ...inputs, projectNumber }, grants: new GrantRecord() };
  }

  #createProjectPolicy(name: string, { project, bucket, projectPolicy }: CheckedController): BucketObject | undefined {
    if (!projectPolicy) return undefined;
    const source = madeOf({ project, projectPolicy }, (known) => {
      const document: ProjectPolicyDocument = {
        apiVersion: API_VERSION,
        kind: "ProjectPolicy",
        metadata: { project: known.project },
        spec: specOf(known.projectPolicy),
      };
      return new pulumi.asset.StringAsset(`${JSON.stringify(document, undefined, 2)}\n`);
    });
    const object = { bucket, name: PROJECT_POLICY_OBJECT, source, contentType: "application/json" };
    return new BucketObject(`${name}-project-policy`, object, { parent: this });
  }

  #createFunction(declared: Declared, agent: ReturnType<typeof createAccount>): Function {
    const builder = createAccount(declared, "builder", "Builds the function that ages images");
    const grants = [
      grantImageProject(declared, agent),
      ...grantBucket(declared, agent),
      ...grantUsage(declared, agent),
      ...grantBuild(declared, builder),
    ];
    return createFunction(declared, createSource(declared), { agent, builder, grants });
  }

  #createTarget(declared: Declared): Target {
    const caller = createAccount(declared, "invoker", "Calls the function that ages images");
    const grant = grantCalls(declared, this.function, caller);
    const { functionName, projectNumber = "", region } = declared.args;
    const url = madeOf({ functionName, projectNumber, region }, (known) =>
      functionUrl(known.functionName, known.projectNumber, known.region),
    );
    return { url: after(this.function, url), caller, ready: [grant] };
  }
}

function specOf(policy: Partial<ProjectLifecyclePolicy>): ProjectLifecyclePolicy {
  const given = Object.fromEntries(Object.entries(policy).filter(([, value]) => value !== undefined));
  return { ...DEFAULT_PROJECT_LIFECYCLE, ...given };
}
