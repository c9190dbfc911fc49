import * as pulumi from "@pulumi/pulumi";
import { getProjectOutput, Project } from "@pulumi/gcp/organizations";
import { DefaultServiceAccounts, Service, ServiceIdentity } from "@pulumi/gcp/projects";
import { Bucket } from "@pulumi/gcp/storage";
import {
  allApis,
  bucketLocation,
  defaultBucketName,
  defaultDisplayName,
  derivedBucketName,
  displayName,
  oneParent,
  shortName,
} from "../../core/foundation/imageProject";
import { apisWithServiceAgent, isCreatedOnDemand, serviceAgentEmail } from "../../core/iam/serviceAgents";
import { apiName, bareNumber, billingAccount, bucketName, folderId, organizationId, projectId } from "../../core/names";
import { requirementsOf } from "../../core/requirements";
import { InputChecks, madeOf } from "../inputs";
import { fields, FLAG, MAP, PLAIN_LIST } from "../shapes";

/** Where a new project is created and who pays for it. */
export interface ImageProjectCreationArgs {
  /** Folder that the project is created in, as its number. Either this or `organizationId`. */
  folderId?: pulumi.Input<string>;
  /** Organization that the project is created in, as its number. Either this or `folderId`. */
  organizationId?: pulumi.Input<string>;
  /** Billing account that pays, as `AAAAAA-BBBBBB-CCCCCC`; the deployer needs `roles/billing.user` on it. */
  billingAccount: pulumi.Input<string>;
  /**
   * What consoles and invoices call the project (4 to 30 characters).
   * @default - the project's id
   */
  displayName?: pulumi.Input<string>;
}

export interface ImageProjectArgs {
  /** Id of the project: 6 to 30 lower-case letters, digits and hyphens. It can never be changed, nor used again. */
  projectId: pulumi.Input<string>;
  /** Where the bucket is, as Cloud Storage writes it: `EU`, `europe-west1`. https://cloud.google.com/storage/docs/locations */
  location: pulumi.Input<string>;
  /**
   * Create the project, here.
   * @default - the project exists and is adopted: its APIs, default accounts, service agents and bucket are looked after, the project itself is not
   */
  create?: ImageProjectCreationArgs;
  /**
   * APIs to turn on beside those that every factory needs, such as `secretmanager.googleapis.com`. They are plain text,
   * since each one's child is named after it.
   * @default - compute, artifactregistry, iam, cloudresourcemanager, serviceusage and storage alone
   */
  apis?: string[];
  /**
   * Name of the bucket for policies, recipes and logs.
   * @default - the project's id and `-kiln`
   */
  bucketName?: pulumi.Input<string>;
  /**
   * Labels of the bucket, and of the project where it is created.
   * @default - none
   */
  labels?: Record<string, pulumi.Input<string>>;
  /**
   * Whether the default service accounts of Compute Engine and App Engine lose their grants on the project, of which
   * Editor is the one that Google makes. In a project with workloads of its own, look first who runs as one of them.
   * @default true
   */
  deprivilegeDefaultAccounts?: boolean;
  /**
   * Whether the bucket, and the project where it is created, are protected from deletion. Set it to false and update
   * before you destroy them.
   * @default - the component's own `protect` option; without that, true
   */
  protect?: boolean;
}

const SHAPE = fields({
  create: fields({}),
  apis: PLAIN_LIST,
  labels: MAP,
  deprivilegeDefaultAccounts: FLAG,
  protect: FLAG,
});

type CheckedArgs = ImageProjectArgs & Required<Pick<ImageProjectArgs, "apis" | "bucketName" | "labels" | "protect">>;

/**
 * The project where images are made: its APIs, its service agents, its default accounts without their Editor grant, and
 * a private bucket for what the factory writes down.
 *
 * The output `projectId` resolves after the APIs are on. Give it, not the id itself, to whatever is created in the
 * project, and that waits.
 * https://cloud.google.com/compute/docs/images/image-management-best-practices
 *
 * @example
 * const images = new ImageProject("images", {
 *   projectId: "acme-images",
 *   location: "EU",
 *   create: { folderId: "345678901234", billingAccount: "012345-6789AB-CDEF01" },
 * });
 * new ImageFamily("web", { project: images.projectId, bucket: images.bucketName });
 */
export class ImageProject extends pulumi.ComponentResource {
  /** APIs and roles that the deployer needs. */
  static readonly requirements = requirementsOf([
    "gcp:organizations/getProject:getProject",
    "gcp:organizations/project:Project",
    "gcp:projects/defaultServiceAccounts:DefaultServiceAccounts",
    "gcp:projects/service:Service",
    "gcp:projects/serviceIdentity:ServiceIdentity",
    "gcp:storage/bucket:Bucket",
  ]);

  /** Id of the project, once its APIs are on and its default accounts have lost their grants. */
  readonly projectId: pulumi.Output<string>;
  /** Number of the project, which Google assigns. */
  readonly projectNumber: pulumi.Output<string>;
  /** Name of the bucket for policies, recipes and logs. */
  readonly bucketName: pulumi.Output<string>;
  /** The bucket's address, as `gs://BUCKET`. */
  readonly bucketUrl: pulumi.Output<string>;
  /** E-mails of the service agents by the short name of their API, such as `artifactregistry`; each exists when it is known. */
  readonly serviceAgents: pulumi.Output<Record<string, string>>;
  /** The project; `undefined` where it is adopted. */
  readonly project?: Project;
  /** The APIs, by short name. */
  readonly services: Record<string, Service>;
  /** The service agents that had to be created, by their API's short name. */
  readonly serviceIdentities: Record<string, ServiceIdentity>;
  /** The default accounts without their grants; `undefined` where they keep them. */
  readonly defaultServiceAccounts?: DefaultServiceAccounts;
  /** The bucket. */
  readonly bucket: Bucket;

  constructor(name: string, args: ImageProjectArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kiln:index:ImageProject", name, args, opts);
    const inputs = this.#checked(name, args, opts);
    this.project = this.#createProject(name, inputs);
    const project = this.project?.projectId ?? pulumi.output(inputs.projectId);
    this.projectNumber =
      this.project?.number ?? getProjectOutput({ projectId: inputs.projectId }, { parent: this }).number;
    this.services = this.#enableApis(name, inputs, project);
    if (args.deprivilegeDefaultAccounts ?? true)
      this.defaultServiceAccounts = this.#deprivilegeDefaultAccounts(name, project);
    this.serviceIdentities = this.#createServiceAgents(name, inputs, project);
    this.serviceAgents = this.#agentEmails(inputs);
    this.projectId = this.#readyProject(project);
    this.bucket = this.#createBucket(name, inputs);
    this.bucketName = this.bucket.name;
    this.bucketUrl = pulumi.interpolate`gs://${this.bucket.name}`;
    this.registerOutputs({
      projectId: this.projectId,
      projectNumber: this.projectNumber,
      bucketName: this.bucketName,
      bucketUrl: this.bucketUrl,
      serviceAgents: this.serviceAgents,
    });
  }

  #checked(name: string, args: ImageProjectArgs, opts?: pulumi.ComponentResourceOptions): CheckedArgs {
    const checks = new InputChecks(this, `ImageProject "${name}"`);
    checks.checkShape(args, SHAPE);
    const id = checks.check("projectId", args.projectId, projectId);
    const checked = {
      ...args,
      projectId: id,
      location: checks.check("location", args.location, bucketLocation),
      create: args.create && checkedCreation(checks, args.create),
      apis: allApis(args.apis ?? []),
      bucketName: checkedBucketName(checks, id, args.bucketName),
      labels: checks.checkLabels("labels", args.labels),
      protect: args.protect ?? opts?.protect ?? true,
    };
    for (const [index, api] of (args.apis ?? []).entries()) checks.checkNow(`apis[${index}]`, api, apiName);
    checks.throwIfAny();
    return checked;
  }

  #createProject(name: string, { create, projectId, labels, protect }: CheckedArgs): Project | undefined {
    if (!create) return undefined;
    return new Project(
      `${name}-project`,
      {
        projectId,
        name: create.displayName ?? pulumi.output(projectId).apply(defaultDisplayName),
        folderId: create.folderId && pulumi.output(create.folderId).apply(bareNumber),
        orgId: create.organizationId && pulumi.output(create.organizationId).apply(bareNumber),
        billingAccount: create.billingAccount,
        autoCreateNetwork: false,
        deletionPolicy: protect ? "PREVENT" : "DELETE",
        labels,
      },
      { parent: this, protect },
    );
  }

  #enableApis(name: string, { apis }: CheckedArgs, project: pulumi.Output<string>): Record<string, Service> {
    return byShortName(apis, (api, short) => {
      const service = { project, service: api, disableOnDestroy: false };
      return new Service(`${name}-api-${short}`, service, { parent: this });
    });
  }

  /** Waits for every API, since some of them create the accounts. `NONE`, so that a destroy restores no grant. */
  #deprivilegeDefaultAccounts(name: string, project: pulumi.Output<string>): DefaultServiceAccounts {
    return new DefaultServiceAccounts(
      `${name}-default-accounts`,
      { project, action: "DEPRIVILEGE", restorePolicy: "NONE" },
      { parent: this, dependsOn: Object.values(this.services) },
    );
  }

  #createServiceAgents(
    name: string,
    { apis }: CheckedArgs,
    project: pulumi.Output<string>,
  ): Record<string, ServiceIdentity> {
    return byShortName(apis.filter(isCreatedOnDemand), (api, short) => {
      const identity = { project, service: api };
      return new ServiceIdentity(`${name}-agent-${short}`, identity, {
        parent: this,
        dependsOn: this.services[short],
      });
    });
  }

  /** Computed from the project's number, because the provider sometimes leaves an identity's e-mail out; the URN is what makes it wait. */
  #agentEmails({ apis }: CheckedArgs): pulumi.Output<Record<string, string>> {
    return pulumi.all(
      byShortName(apisWithServiceAgent(apis), (api, short) =>
        pulumi
          .all([this.projectNumber, (this.serviceIdentities[short] ?? this.services[short]).urn])
          .apply(([number]) => serviceAgentEmail(api, number)),
      ),
    );
  }

  /** URNs are known in a preview, and resolve in an update when their resource is there: the id stays known and waits. */
  #readyProject(project: pulumi.Output<string>): pulumi.Output<string> {
    const accounts = this.defaultServiceAccounts ? [this.defaultServiceAccounts] : [];
    const ready = [...Object.values(this.services), ...accounts].map(({ urn }) => urn);
    return pulumi.all([project, ...ready]).apply(([id]) => id);
  }

  #createBucket(name: string, { bucketName, location, labels, protect }: CheckedArgs): Bucket {
    return new Bucket(
      `${name}-bucket`,
      {
        project: this.projectId,
        name: bucketName,
        location,
        versioning: { enabled: true },
        uniformBucketLevelAccess: true,
        publicAccessPrevention: "enforced",
        forceDestroy: false,
        labels,
      },
      { parent: this, protect },
    );
  }
}

function checkedCreation(checks: InputChecks, create: ImageProjectCreationArgs): ImageProjectCreationArgs {
  checks.checkNow("create", create, oneParent);
  return {
    ...create,
    folderId: checks.checkOptional("create.folderId", create.folderId, folderId),
    organizationId: checks.checkOptional("create.organizationId", create.organizationId, organizationId),
    billingAccount: checks.check("create.billingAccount", create.billingAccount, billingAccount),
    displayName: checks.checkOptional("create.displayName", create.displayName, displayName),
  };
}

/** The name that was given, or the one that the project's id makes. */
function checkedBucketName(
  checks: InputChecks,
  id: pulumi.Input<string>,
  given: pulumi.Input<string> | undefined,
): pulumi.Input<string> {
  if (given !== undefined) return checks.check("bucketName", given, bucketName);
  const derived = madeOf(id, (known) => defaultBucketName(String(known)));
  return checks.check("bucketName", derived, derivedBucketName);
}

function byShortName<T>(apis: readonly string[], make: (api: string, short: string) => T): Record<string, T> {
  return Object.fromEntries(apis.map((api) => [shortName(api), make(api, shortName(api))]));
}
