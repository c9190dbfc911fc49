import * as pulumi from "@pulumi/pulumi";
import { getImageOutput } from "@pulumi/gcp/compute";
import { BucketObject } from "@pulumi/gcp/storage";
import { type Channel, channelFamily, channelFamilyProblem, channels } from "../../core/lifecycle/channels";
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
import { fields, FLAG, listOf, MAP, required, TEXT } from "../shapes";
import { type ImageChannelArgs, type ImageFamilyArgs, type LifecyclePolicyArgs } from "./imageFamilyArgs";

export { LifecycleMode };

const LIFECYCLE = fields({ excludeLabels: MAP });
const CHANNEL = fields({ name: required(TEXT), restricted: FLAG, lifecycle: LIFECYCLE });
const SHAPE = fields({ lifecycle: LIFECYCLE, channels: listOf(CHANNEL), lookUpNewest: FLAG });

type CheckedArgs = Omit<ImageFamilyArgs, "family" | "channels"> & {
  family: pulumi.Input<string>;
  channels: CheckedChannel[];
};

interface CheckedChannel extends ImageChannelArgs {
  /** The family that holds its images. */
  family: pulumi.Input<string>;
}

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
  /** Families that hold the images of the channels, by channel. */
  readonly channelFamilies: pulumi.Output<Record<string, string>>;
  /** The policy document's object. */
  readonly policyObject: BucketObject;
  /** The objects of the channels' policy documents, by channel. */
  readonly channelPolicyObjects: Record<string, BucketObject>;

  constructor(name: string, args: ImageFamilyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kiln:index:ImageFamily", name, args, opts);
    const inputs = this.#checked(name, args);
    this.family = pulumi.output(inputs.family);
    this.reference = pulumi.output(
      madeOf([inputs.project, inputs.family], ([project, family]) => familyReference(project, family)),
    );
    this.policyObject = this.#createPolicy(`${name}-policy`, inputs);
    this.channelPolicyObjects = this.#createChannels(name, inputs);
    this.channelFamilies = this.#channelFamilies(inputs);
    const url = pulumi.output(madeOf([inputs.bucket, inputs.family], ([bucket, family]) => policyUrl(bucket, family)));
    this.policyUrl = this.policyObject.urn.apply(() => url);
    this.newestImage = args.lookUpNewest
      ? getImageOutput({ project: inputs.project, family: inputs.family }, { parent: this }).selfLink
      : undefined;
    this.registerOutputs({
      family: this.family,
      reference: this.reference,
      policyUrl: this.policyUrl,
      channelFamilies: this.channelFamilies,
      newestImage: this.newestImage,
    });
  }

  #checked(name: string, args: ImageFamilyArgs): CheckedArgs {
    const checks = new InputChecks(this, `ImageFamily "${name}"`);
    checks.checkShape(args, SHAPE);
    const project = checks.check("project", args.project, projectId);
    const bucket = checks.check("bucket", args.bucket, bucketName);
    const family = checks.check("family", args.family ?? name, familyName);
    const checked = {
      ...args,
      project,
      bucket,
      family,
      description: checks.checkOptional("description", args.description, text),
      lifecycle: checkedLifecycle(checks, "lifecycle", args.lifecycle ?? {}),
      channels: checkedChannels(checks, family, args.channels ?? []),
    };
    checks.throwIfAny();
    return checked;
  }

  #createPolicy(name: string, args: Omit<CheckedArgs, "lookUpNewest">): BucketObject {
    const { project, bucket, family, description, lifecycle = {}, channels } = args;
    const policy = madeOf({ project, family, description, lifecycle }, (known) => {
      const { project, family, description } = known;
      const document: FamilyPolicyDocument = {
        apiVersion: API_VERSION,
        kind: "FamilyPolicy",
        metadata: { family, project, ...(description === undefined ? {} : { description }) },
        spec: { ...specOf(known.lifecycle), ...(channels.length > 0 && { channels: channels.map(declaredChannel) }) },
      };
      return new pulumi.asset.StringAsset(`${JSON.stringify(document, undefined, 2)}\n`);
    });
    return new BucketObject(
      name,
      {
        bucket,
        name: madeOf(family, policyObjectName),
        source: policy,
        contentType: "application/json",
      },
      { parent: this },
    );
  }

  #createChannels(name: string, { channels, ...args }: CheckedArgs): Record<string, BucketObject> {
    const objects = channels.map(({ name: channel, family, lifecycle = args.lifecycle }) => {
      const own = { ...args, family, lifecycle, channels: [] };
      return [channel, this.#createPolicy(`${name}-policy/${channel}`, own)] as const;
    });
    return Object.fromEntries(objects);
  }

  #channelFamilies({ channels }: CheckedArgs): pulumi.Output<Record<string, string>> {
    return pulumi.output(Object.fromEntries(channels.map(({ name, family }) => [name, family])));
  }
}

function checkedChannels(
  checks: InputChecks,
  family: pulumi.Input<string>,
  given: ImageChannelArgs[],
): CheckedChannel[] {
  checks.checkNow("channels", given.map(declaredChannel), channels);
  return given.map((channel, index) => {
    const path = `channels[${index}]`;
    const { name, lifecycle } = channel;
    const short: Rule<string> = (known) => (familyName(known) ? undefined : channelFamilyProblem(known, name));
    const checked = checks.check(`${path}.name`, family, short);
    return {
      ...channel,
      family: madeOf(checked, (known) => channelFamily(known, name)),
      lifecycle: lifecycle && checkedLifecycle(checks, `${path}.lifecycle`, lifecycle),
    };
  });
}

/** What the family's policy says of a channel. */
function declaredChannel({ name, restricted }: ImageChannelArgs): Channel {
  return { name, ...(restricted && { restricted }) };
}

/** What stands in a policy beside what the inputs of a lifecycle say. */
const OTHER_FIELDS = ["excludeLabels", "channels"];

function checkedLifecycle(checks: InputChecks, path: string, args: LifecyclePolicyArgs): LifecyclePolicyArgs {
  const rules = Object.entries<Rule<never>>(LIFECYCLE_RULES).filter(([field]) => !OTHER_FIELDS.includes(field));
  const checked: LifecyclePolicyArgs = Object.fromEntries(
    rules.map(([field, rule]) => [field, checks.checkOptional(`${path}.${field}`, args[field as never], rule)]),
  );
  checked.excludeLabels = args.excludeLabels && checks.checkLabels(`${path}.excludeLabels`, args.excludeLabels);
  const { obsoleteAfter, deleteAfter } = checked;
  if (obsoleteAfter === undefined || deleteAfter === undefined) return checked;
  const waits = madeOf({ obsoleteAfter, deleteAfter }, (known) => known);
  const ordered = checks.check(`${path}.deleteAfter`, waits, lifecycleOrder);
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
