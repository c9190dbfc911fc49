import * as pulumi from "@pulumi/pulumi";
import { Policy } from "@pulumi/gcp/orgpolicy";
import {
  allowedValue,
  CONSTRAINT,
  DEFAULT_PRESETS,
  policyParent,
  TrustedImagePreset,
  trustedProjects,
} from "../../core/foundation/trustedImages";
import { projectId } from "../../core/names";
import { requirementsOf } from "../../core/requirements";
import { notEmpty, oneOf } from "../../core/rules";
import { InputChecks } from "../inputs";
import { fields, FLAG, LIST, PLAIN_LIST, required } from "../shapes";

export { TrustedImagePreset };

export interface TrustedImagesArgs {
  /** What the policy is set on, as `projects/ID`, `folders/N` or `organizations/N`. It holds for everything below. */
  parent: pulumi.Input<string>;
  /** Ids of the projects that hold your own images: `ImageProject.projectId`. */
  imageProjects: pulumi.Input<string>[];
  /**
   * Google's own images that are let in.
   * @default [TrustedImagePreset.GoogleKubernetesEngine, TrustedImagePreset.Dataproc, TrustedImagePreset.ServerlessVpcAccess]
   */
  presets?: TrustedImagePreset[];
  /**
   * Only record what the policy would refuse, in the audit logs, and refuse nothing.
   * @default false
   */
  dryRun?: boolean;
}

const SHAPE = fields({ imageProjects: required(LIST), presets: PLAIN_LIST, dryRun: FLAG });

type CheckedArgs = TrustedImagesArgs & Required<Pick<TrustedImagesArgs, "presets">>;

/**
 * Lets instances boot from the images of chosen projects alone, by the organization policy
 * `compute.trustedImageProjects`. It replaces what a folder or organization above says, and does not touch a project's
 * own images, wherever they came from. https://cloud.google.com/compute/docs/images/restricting-image-access
 *
 * @example
 * new TrustedImages("trusted", {
 *   parent: "folders/345678901234",
 *   imageProjects: ["acme-images"],
 *   presets: [TrustedImagePreset.GoogleKubernetesEngine],
 *   dryRun: true,
 * });
 */
export class TrustedImages extends pulumi.ComponentResource {
  /** APIs and roles that the deployer needs. */
  static readonly requirements = requirementsOf(["gcp:orgpolicy/policy:Policy"]);

  /** Name of the policy, as `folders/N/policies/compute.trustedImageProjects`. */
  readonly policyName: pulumi.Output<string>;
  /** Ids of the projects whose images are let in, in alphabetical order. */
  readonly allowedProjects: pulumi.Output<string[]>;
  /** The policy. */
  readonly policy: Policy;

  constructor(name: string, args: TrustedImagesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kiln:index:TrustedImages", name, args, opts);
    const inputs = this.#checked(name, args);
    this.policyName = pulumi.interpolate`${inputs.parent}/policies/${CONSTRAINT}`;
    this.allowedProjects = pulumi
      .all(inputs.imageProjects)
      .apply((projects) => trustedProjects(projects, inputs.presets));
    this.policy = this.#createPolicy(name, inputs);
    this.registerOutputs({ policyName: this.policyName, allowedProjects: this.allowedProjects });
  }

  #checked(name: string, args: TrustedImagesArgs): CheckedArgs {
    const checks = new InputChecks(this, `TrustedImages "${name}"`);
    checks.checkShape(args, SHAPE);
    const presets = args.presets ?? [...DEFAULT_PRESETS];
    const parent = checks.check("parent", args.parent, policyParent);
    checks.checkNow(
      "imageProjects",
      args.imageProjects,
      notEmpty("without your own project every image but Google's is refused"),
    );
    const imageProjects = args.imageProjects.map((project, index) =>
      checks.check(`imageProjects[${index}]`, project, projectId),
    );
    for (const [index, preset] of presets.entries())
      checks.checkNow(`presets[${index}]`, preset, oneOf(Object.values(TrustedImagePreset)));
    checks.throwIfAny();
    return { ...args, parent, imageProjects, presets };
  }

  #createPolicy(name: string, { parent, dryRun = false }: CheckedArgs): Policy {
    const allowedValues = this.allowedProjects.apply((projects) => projects.map(allowedValue));
    const spec = { rules: [{ values: { allowedValues } }] };
    return new Policy(
      `${name}-policy`,
      { name: this.policyName, parent, ...(dryRun ? { dryRunSpec: spec } : { spec }) },
      { parent: this },
    );
  }
}
