import * as pulumi from "@pulumi/pulumi";
import { type Job } from "@pulumi/gcp/cloudrunv2";
import { type Job as Schedule } from "@pulumi/gcp/cloudscheduler";
import { type AlertPolicy } from "@pulumi/gcp/monitoring";
import { BucketObject } from "@pulumi/gcp/storage";
import { type Grant } from "../../core/iam/grants";
import { LEDGERS_PREFIX, MirrorUpdate, objectUrl } from "../../core/migration/mirror";
import { requirementsOf } from "../../core/requirements";
import { GrantRecord } from "../grants";
import { after, InputChecks, madeOf } from "../inputs";
import { type ImageMirrorArgs } from "./imageMirrorArgs";
import { checkedMirror } from "./imageMirrorChecks";
import { createAccount, type Declared, grantCopying, grantKey } from "./mirror/accounts";
import { createAlerts } from "./mirror/alerts";
import { createJob, createSchedule, grantRuns } from "./mirror/job";

export { MirrorUpdate };

/**
 * Keeps copies of third-party images fresh: a Cloud Run job that runs `kiln containers copy` on a plan in the factory's
 * bucket, every night, as an account that may read the plan, write its ledgers and push to the repositories that are
 * named. Its tasks share a plan of thousands of images. https://cloud.google.com/run/docs/create-jobs
 *
 * @example
 * const images = new ImageProject("images", { projectId: "acme-images", location: "EU" });
 * const registry = new ContainerRegistry("registry", {
 *   project: images.projectId,
 *   location: "europe-west1",
 *   repositories: { "third-party": {} },
 * });
 * new ImageMirror("mirror", {
 *   project: images.projectId,
 *   region: "europe-west1",
 *   bucket: images.bucketName,
 *   image: "europe-west1-docker.pkg.dev/acme-images/tools/kiln:0.1.0",
 *   repositories: { thirdParty: registry.urls["third-party"] },
 *   update: MirrorUpdate.MovedTags,
 * });
 */
export class ImageMirror extends pulumi.ComponentResource {
  /** APIs and roles that the deployer needs. */
  static readonly requirements = requirementsOf([
    "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
    "gcp:cloudrunv2/job:Job",
    "gcp:cloudrunv2/jobIamMember:JobIamMember",
    "gcp:cloudscheduler/job:Job",
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
    "gcp:monitoring/alertPolicy:AlertPolicy",
    "gcp:organizations/getProject:getProject",
    "gcp:secretmanager/secretIamMember:SecretIamMember",
    "gcp:serviceaccount/account:Account",
    "gcp:storage/bucketIAMMember:BucketIAMMember",
    "gcp:storage/bucketObject:BucketObject",
  ]);

  /** Name of the job, once it is there. */
  readonly jobName: pulumi.Output<string>;
  /** E-mail of the account that copies: whoever holds a private source lets it pull. */
  readonly agentEmail: pulumi.Output<string>;
  /** E-mail of the account as which the schedule starts the job. */
  readonly invokerEmail: pulumi.Output<string>;
  /** Where the plan lies, as `gs://BUCKET/OBJECT`. */
  readonly planUrl: pulumi.Output<string>;
  /** Where the ledgers of the runs lie, as `gs://BUCKET/migration/ledgers/`. */
  readonly ledgersUrl: pulumi.Output<string>;
  /** Every grant that is made, sorted. */
  readonly grants: pulumi.Output<Grant[]>;
  /** The job. */
  readonly job: Job;
  /** Starts the job at its times. */
  readonly schedule: Schedule;
  /** Alerts about runs that failed, a schedule that could start none, and silence. */
  readonly alerts: AlertPolicy[];
  /** The plan; `undefined` without `plan`. */
  readonly planObject?: BucketObject;

  constructor(name: string, args: ImageMirrorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kiln:index:ImageMirror", name, args, opts);
    const checks = new InputChecks(this, `ImageMirror "${name}"`);
    const inputs = checkedMirror(checks, args, opts?.protect);
    const declared = { parent: this, name, args: inputs, grants: new GrantRecord() };
    this.planObject = this.#createPlan(declared);
    const agent = createAccount(declared, "agent", "Copies images into Artifact Registry");
    this.job = createJob(declared, agent, [...grantCopying(declared, agent), ...grantKey(declared)]);
    const invoker = createAccount(declared, "invoker", "Starts the job that copies images");
    this.schedule = this.#createSchedule(declared, invoker);
    this.alerts = createAlerts(declared);

    const { bucket, planObject } = inputs;
    this.jobName = after(this.job, inputs.jobName);
    this.agentEmail = agent.email;
    this.invokerEmail = invoker.email;
    this.planUrl = pulumi.output(madeOf({ bucket, planObject }, (known) => objectUrl(known.bucket, known.planObject)));
    this.ledgersUrl = pulumi.output(madeOf(bucket, (known) => objectUrl(known, LEDGERS_PREFIX)));
    this.grants = declared.grants.told();
    this.registerOutputs({
      jobName: this.jobName,
      agentEmail: this.agentEmail,
      invokerEmail: this.invokerEmail,
      planUrl: this.planUrl,
      ledgersUrl: this.ledgersUrl,
      grants: this.grants,
    });
  }

  #createPlan({ name, args: { plan, bucket, planObject } }: Declared): BucketObject | undefined {
    if (plan === undefined) return undefined;
    const source = madeOf(plan, (text) => new pulumi.asset.StringAsset(text));
    const object = { bucket, name: planObject, source, contentType: "application/yaml" };
    return new BucketObject(`${name}-plan`, object, { parent: this });
  }

  /** The first run finds the plan and may be started. */
  #createSchedule(declared: Declared, invoker: ReturnType<typeof createAccount>): Schedule {
    const ready = [grantRuns(declared, this.job, invoker), ...(this.planObject ? [this.planObject] : [])];
    return createSchedule(declared, this.job, invoker, ready);
  }
}
