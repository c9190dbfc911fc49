import * as pulumi from "@pulumi/pulumi";
import { getImageOutput } from "@pulumi/gcp/compute";
import { BucketObject } from "@pulumi/gcp/storage";
import {
  API_VERSION,
  DEFAULT_LIFECYCLE,
  familyName,
  type FamilyPolicyDocument,
  familyReference,
  LIFECYCLE_RULES,
  LifecycleMode,
  lifecycleOrder,
  type LifecyclePolicy,
  policyObjectName,
  policyUrl,
} from "../../core/lifecycle/familyPolicy";
import { bucketName, projectId } from "../../core/names";
import { requirementsOf } from "../../core/requirements";
import { type Rule, text } from "../../core/rules";
import { InputChecks, madeOf } from "../inputs";
import { fields, FLAG, MAP } from "../shapes";

export { LifecycleMode };

/** When the images of a family are deprecated, made obsolete and deleted. Waits are written as gcloud does: `30d`, `12h`, `P30D`. */
export interface LifecyclePolicyArgs {
  /**
   * Wait between the creation of a newer image and the deprecation of the one that it supersedes.
   * @default "0s"
   */
  deprecateAfter?: pulumi.Input<string>;
  /**
   * Wait between an image's deprecation and its becoming obsolete, after which no instance can be created from it.
   * @default - as long as deleteAfter; without that, never
   */
  obsoleteAfter?: pulumi.Input<string>;
  /**
   * Wait between an image's deprecation and its deletion; not shorter than `obsoleteAfter`.
   * @default - never
   */
  deleteAfter?: pulumi.Input<string>;
  /**
   * How many images that are neither obsolete nor deleted stay, whatever their age (1 to 1000).
   * @default 3
   */
  retainAtLeast?: pulumi.Input<number>;
  /**
   * Whether images that disks, instance templates or instance groups use are left alone.
   * @default true
   */
  protectInUse?: pulumi.Input<boolean>;
  /**
   * Most images of the family that one run of the lifecycle controller deletes (1 to 1000).
   * @default 5
   */
  maxDeletesPerRun?: pulumi.Input<number>;
  /**
   * Whether the lifecycle controller acts or only reports.
   * @default LifecycleMode.Enforce
   */
  mode?: pulumi.Input<LifecycleMode>;
  /**
   * Images that carry one of these labels with this value are left alone, beside those with the label `kiln-hold`.
   * @default - none
   */
  excludeLabels?: Record<string, pulumi.Input<string>>;
}

export interface ImageFamilyArgs {
  /** Project that holds the images: `ImageProject.projectId`. */
  project: pulumi.Input<string>;
  /** Bucket that holds the policies: `ImageProject.bucketName`. */
  bucket: pulumi.Input<string>;
  /**
   * Name of the family: at most 63 lower-case letters, digits and hyphens, beginning with a letter. Families of arm64
   * images need a name of their own, since Compute Engine's look-up by family does not tell architectures apart.
   * @default - the component's name
   */
  family?: pulumi.Input<string>;
  /** What the family is for, for people. */
  description?: pulumi.Input<string>;
  /**
   * When its images are deprecated, made obsolete and deleted.
   * @default - superseded images are deprecated at once, none becomes obsolete or is deleted
   */
  lifecycle?: LifecyclePolicyArgs;
  /**
   * Look the newest image up, for `newestImage`. Fails while the family has none.
   * @default false
   */
  lookUpNewest?: boolean;
}

const SHAPE = fields({ lifecycle: fields({ excludeLabels: MAP }), lookUpNewest: FLAG });

type CheckedArgs = Omit<ImageFamilyArgs, "family"> & { family: pulumi.Input<string> };

/**
 * An image family and the policy by which its images age.
 *
 * Compute Engine records when an image is to become obsolete or to be deleted, and never acts on it. The policy is
 * therefore a document in the factory's bucket, which Kiln's lifecycle controller enforces.
 * https://cloud.google.com/compute/docs/images/image-families-best-practices
 *
 * @example
 * const web = new ImageFamily("web", {
 *   project: "acme-images",
 *   bucket: "acme-images-kiln",
 *   lifecycle: { obsoleteAfter: "30d", deleteAfter: "90d" },
 * });
 * export const bootImage = web.reference;
 */
export class ImageFamily extends pulumi.ComponentResource {
  /** APIs and roles that the deployer needs. */
  static readonly requirements = requirementsOf([
    "gcp:compute/getImage:getImage",
    "gcp:storage/bucketObject:BucketObject",
  ]);

  /** Name of the family. */
  readonly family: pulumi.Output<string>;
  /** What instances and templates name to boot from the family's newest image: `projects/P/global/images/family/F`. */
  readonly reference: pulumi.Output<string>;
  /** The policy document in the bucket, as `gs://BUCKET/families/F.json`. */
  readonly policyUrl: pulumi.Output<string>;
  /** Self link of the newest image that is not deprecated; `undefined` unless `lookUpNewest`. */
  readonly newestImage?: pulumi.Output<string>;
  /** The policy document's object. */
  readonly policyObject: BucketObject;

  constructor(name: string, args: ImageFamilyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kiln:index:ImageFamily", name, args, opts);
    const inputs = this.#checked(name, args);
    this.family = pulumi.output(inputs.family);
    this.reference = pulumi.output(
      madeOf([inputs.project, inputs.family], ([project, family]) => familyReference(project, family)),
    );
    this.policyObject = this.#createPolicy(name, inputs);
    const url = pulumi.output(madeOf([inputs.bucket, inputs.family], ([bucket, family]) => policyUrl(bucket, family)));
    this.policyUrl = this.policyObject.urn.apply(() => url);
    this.newestImage = args.lookUpNewest
      ? getImageOutput({ project: inputs.project, family: inputs.family }, { parent: this }).selfLink
      : undefined;
    this.registerOutputs({
      family: this.family,
      reference: this.reference,
      policyUrl: this.policyUrl,
      newestImage: this.newestImage,
    });
  }

  #checked(name: string, args: ImageFamilyArgs): CheckedArgs {
    const checks = new InputChecks(this, `ImageFamily "${name}"`);
    checks.checkShape(args, SHAPE);
    const checked = {
      ...args,
      project: checks.check("project", args.project, projectId),
      bucket: checks.check("bucket", args.bucket, bucketName),
      family: checks.check("family", args.family ?? name, familyName),
      description: checks.checkOptional("description", args.description, text),
      lifecycle: checkedLifecycle(checks, args.lifecycle ?? {}),
    };
    checks.throwIfAny();
    return checked;
  }

  #createPolicy(name: string, { project, bucket, family, description, lifecycle = {} }: CheckedArgs): BucketObject {
    const policy = madeOf({ project, family, description, lifecycle }, (known) => {
      const { project, family, description } = known;
      const document: FamilyPolicyDocument = {
        apiVersion: API_VERSION,
        kind: "FamilyPolicy",
        metadata: { family, project, ...(description === undefined ? {} : { description }) },
        spec: specOf(known.lifecycle),
      };
      return new pulumi.asset.StringAsset(`${JSON.stringify(document, undefined, 2)}\n`);
    });
    return new BucketObject(
      `${name}-policy`,
      {
        bucket,
        name: madeOf(family, policyObjectName),
        source: policy,
        contentType: "application/json",
      },
      { parent: this },
    );
  }
}

function checkedLifecycle(checks: InputChecks, args: LifecyclePolicyArgs): LifecyclePolicyArgs {
  const rules = Object.entries<Rule<never>>(LIFECYCLE_RULES).filter(([field]) => field !== "excludeLabels");
  const checked: LifecyclePolicyArgs = Object.fromEntries(
    rules.map(([field, rule]) => [field, checks.checkOptional(`lifecycle.${field}`, args[field as never], rule)]),
  );
  checked.excludeLabels = args.excludeLabels && checks.checkLabels("lifecycle.excludeLabels", args.excludeLabels);
  const { obsoleteAfter, deleteAfter } = checked;
  if (obsoleteAfter === undefined || deleteAfter === undefined) return checked;
  const waits = madeOf({ obsoleteAfter, deleteAfter }, (known) => known);
  const ordered = checks.check("lifecycle.deleteAfter", waits, lifecycleOrder);
  return { ...checked, deleteAfter: madeOf(ordered, (known) => known.deleteAfter) };
}

function specOf(lifecycle: Partial<LifecyclePolicy>): LifecyclePolicy {
  const given = Object.fromEntries(Object.entries(lifecycle).filter(([, value]) => value !== undefined));
  const spec = { ...DEFAULT_LIFECYCLE, ...given };
  return {
    ...spec,
    ...(spec.deleteAfter === undefined ? {} : { obsoleteAfter: spec.obsoleteAfter ?? spec.deleteAfter }),
  };
}
