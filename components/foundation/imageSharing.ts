import * as pulumi from "@pulumi/pulumi";
import { ImageIamBinding, ImageIamMember } from "@pulumi/gcp/compute";
import { IAMBinding, IAMMember } from "@pulumi/gcp/projects";
import { IAMMember as ServiceAccountIAMMember } from "@pulumi/gcp/serviceaccount";
import type { Grant } from "../../core/iam/grants";
import { namedMember } from "../../core/iam/members";
import { googleApisServiceAgent } from "../../core/iam/serviceAgents";
import {
  accountsNeedCreators,
  type ConsumerModel,
  consumesSomething,
  familyCondition,
  grantsOf,
  IMAGE_USER,
  imageUser,
  oneScope,
  planSharing,
  repeatedGrants,
  type SharingGrant,
  type SharingModel,
} from "../../core/iam/sharing";
import {
  computeName,
  computeNamePrefix,
  mapKey,
  projectId,
  projectNumber,
  serviceAccountEmail,
} from "../../core/names";
import { requirementsOf } from "../../core/requirements";
import { notEmpty, type Rule, shown } from "../../core/rules";
import { InputChecks, madeOf } from "../inputs";
import { fields, FLAG, MAP, mapOf, required } from "../shapes";

export type { Grant };

type Text = pulumi.Input<string>;

/** Which images are shared. Exactly one of its inputs is given. */
export interface ImageSharingScopeArgs {
  /** Names of single images, by a key of your choice. Later images are not shared until they are named here too. */
  images?: Record<string, pulumi.Input<string>>;
  /**
   * Beginning of the names of the images that are shared, such as `web-`. Kiln names images after their family, so that
   * this is the beginning of the family's name as well.
   */
  familyPrefix?: pulumi.Input<string>;
}

/** A project that uses the images. */
export interface ConsumerProjectArgs {
  /** Id of the project. */
  project: pulumi.Input<string>;
  /** Number of the project, from which the name of its instance groups' service agent is made. */
  projectNumber: pulumi.Input<string>;
  /**
   * Members who create instances from the images in this project, by a key of your choice.
   * @default - the sharing's image users
   */
  imageUsers?: Record<string, pulumi.Input<string>>;
  /**
   * Whether managed instance groups of the project use the images.
   * @default true
   */
  managedInstanceGroups?: boolean;
}

export interface ImageSharingArgs {
  /** Project that holds the images: `ImageProject.projectId`. */
  project: pulumi.Input<string>;
  /** Projects that use the images, by a key of your choice, which keeps each one's grants when others come and go. */
  consumers: Record<string, ConsumerProjectArgs>;
  /**
   * Members who use the images, as `group:…`, `user:…`, `serviceAccount:…`, by a key of your choice.
   * @default - those of the consumers alone
   */
  imageUsers?: Record<string, pulumi.Input<string>>;
  /**
   * Members who make images: they create instances, disks and images in the image project.
   * @default - none
   */
  imageCreators?: Record<string, pulumi.Input<string>>;
  /**
   * E-mails of the service accounts of the image project that build instances run as. Image creators may use these, and
   * no other.
   * @default - none
   */
  buildServiceAccounts?: Record<string, pulumi.Input<string>>;
  /**
   * Which images are shared.
   * @default - those of the whole project, also those that are made later
   */
  scope?: ImageSharingScopeArgs;
  /**
   * Replace whoever else has these roles on the image project or the images. Consumer projects and build accounts are
   * only ever added to.
   * @default false
   */
  authoritative?: boolean;
  /**
   * Accept `allUsers` and `allAuthenticatedUsers` among the image users.
   * @default false
   */
  allowPublic?: boolean;
}

const SHAPE = fields({
  consumers: required(mapOf(fields({ imageUsers: MAP, managedInstanceGroups: FLAG }))),
  imageUsers: MAP,
  imageCreators: MAP,
  buildServiceAccounts: MAP,
  scope: fields({ images: MAP }),
  authoritative: FLAG,
  allowPublic: FLAG,
});

interface Checked {
  /** The component's, from which its children's are made. */
  name: string;
  /** The image project. */
  project: Text;
  /** Who shares what with whom. */
  model: SharingModel<Text>;
  /** On the use of images, where a family's prefix was given. */
  condition?: { title: pulumi.Output<string>; expression: pulumi.Output<string> };
}

/**
 * Who may use the images of a project, who may make them, and what their own projects must give them for that.
 *
 * Image users get `roles/compute.imageUser`; image creators `roles/compute.instanceAdmin.v1` and
 * `roles/compute.storageAdmin` on the image project, and `roles/iam.serviceAccountUser` on the build accounts alone.
 * Each consumer project gives its image users `roles/compute.instanceAdmin.v1`, and the service agent of its instance
 * groups gets the use of the images. https://cloud.google.com/compute/docs/images/managing-access-custom-images
 *
 * @example
 * const sharing = new ImageSharing("sharing", {
 *   project: "acme-images",
 *   imageUsers: { developers: "group:developers@acme.example" },
 *   consumers: { shop: { project: "acme-shop", projectNumber: "123456789012" } },
 * });
 * export const grants = sharing.grants;
 */
export class ImageSharing extends pulumi.ComponentResource {
  /** APIs and roles that the deployer needs. */
  static readonly requirements = requirementsOf([
    "gcp:compute/imageIamBinding:ImageIamBinding",
    "gcp:compute/imageIamMember:ImageIamMember",
    "gcp:projects/iAMBinding:IAMBinding",
    "gcp:projects/iAMMember:IAMMember",
    "gcp:serviceaccount/iAMMember:IAMMember",
  ]);

  /** What is granted to whom, ordered by resource, role and member. */
  readonly grants: pulumi.Output<Grant[]>;

  constructor(name: string, args: ImageSharingArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kiln:index:ImageSharing", name, args, opts);
    const inputs = this.#checked(name, args);
    const planned = planSharing(inputs.model);
    const bound = planned.filter(({ on }) => args.authoritative && (on.kind === "imageProject" || on.kind === "image"));
    for (const grants of byBinding(bound)) this.#replaceMembers(inputs, grants);
    for (const grant of planned.filter((one) => !bound.includes(one))) this.#addMember(inputs, grant);
    this.grants = this.#grants(inputs, planned);
    this.registerOutputs({ grants: this.grants });
  }

  #checked(name: string, args: ImageSharingArgs): Checked {
    const checks = this.#checks(name);
    checks.checkShape(args, SHAPE);
    const { allowPublic = false, scope } = args;
    const project = checks.check("project", args.project, projectId);
    const model = {
      imageUsers: checkedMap(
        checks,
        "imageUsers",
        args.imageUsers,
        imageUser(allowPublic, scope?.familyPrefix !== undefined),
      ),
      imageCreators: checkedMap(checks, "imageCreators", args.imageCreators, namedMember),
      buildServiceAccounts: checkedMap(checks, "buildServiceAccounts", args.buildServiceAccounts, serviceAccountEmail),
      consumers: checkedConsumers(checks, args),
      images: scope?.images && checkedMap(checks, "scope.images", scope.images, computeName),
    };
    const familyPrefix = checks.checkOptional("scope.familyPrefix", scope?.familyPrefix, computeNamePrefix);
    checks.checkNow("buildServiceAccounts", args, accountsNeedCreators);
    if (scope) checks.checkNow("scope", scope, oneScope);
    checks.throwIfAny();
    return {
      name,
      project,
      model,
      condition: familyPrefix === undefined ? undefined : conditionFor(project, familyPrefix),
    };
  }

  #addMember(inputs: Checked, { name, role, on, member }: SharingGrant<Text>): void {
    const { project } = inputs;
    const child = `${inputs.name}-${name}`;
    switch (on.kind) {
      case "imageProject":
        new IAMMember(child, { project, role, member, condition: conditionOf(inputs, role) }, { parent: this });
        return;
      case "image":
        new ImageIamMember(child, { project, image: on.image, role, member }, { parent: this });
        return;
      case "serviceAccount": {
        const serviceAccountId = pulumi.interpolate`projects/${project}/serviceAccounts/${on.email}`;
        new ServiceAccountIAMMember(child, { serviceAccountId, role, member }, { parent: this });
        return;
      }
      case "consumer":
        new IAMMember(child, { project: on.project, role, member: this.#named(inputs.name, member) }, { parent: this });
    }
  }

  /** Declares one binding of the image project, or of an image of it, whose members are these and no others. */
  #replaceMembers(inputs: Checked, [first, ...others]: SharingGrant<Text>[]): void {
    if (!first) return;
    const { project } = inputs;
    const { binding, role, on } = first;
    const child = `${inputs.name}-${binding}`;
    const members = [first, ...others].map(({ member }) => member);
    if (on.kind === "image") new ImageIamBinding(child, { project, image: on.image, role, members }, { parent: this });
    else new IAMBinding(child, { project, role, members, condition: conditionOf(inputs, role) }, { parent: this });
  }

  /** A member that is still to come may turn out to be everybody, who may be an image user and nothing more. */
  #named(name: string, member: Text): Text {
    return this.#checks(name).check("imageUsers", member, namedMember);
  }

  #checks(name: string): InputChecks {
    return new InputChecks(this, `ImageSharing "${name}"`);
  }

  #grants({ project, condition }: Checked, planned: SharingGrant<Text>[]): pulumi.Output<Grant[]> {
    const inputs = { planned, project, expression: condition?.expression };
    const told = madeOf(inputs, (known) => {
      const grants = grantsOf(known.planned, known.project, known.expression);
      const repeated = repeatedGrants(grants);
      if (repeated.length > 0)
        void pulumi.isSecret(pulumi.output(inputs)).then((secret) => this.#warnOf(repeated, secret));
      return grants.filter((grant) => !repeated.includes(grant));
    });
    return pulumi.output(told);
  }

  #warnOf(repeated: Grant[], secret: boolean): void {
    for (const { role, member, resource } of repeated) {
      const what = secret ? `One member (secret) gets ${role}` : `${member} gets ${role} on ${resource}`;
      const fix = "name the member once, or removing one takes the grant from both";
      void pulumi.log.warn(`${what} by two inputs; ${fix}`, this);
    }
  }
}

function conditionFor(project: Text, familyPrefix: Text): Checked["condition"] {
  return {
    title: pulumi.interpolate`Images named ${familyPrefix}…`,
    expression: pulumi.all([project, familyPrefix]).apply(([id, prefix]) => familyCondition(id, prefix)),
  };
}

function conditionOf({ condition }: Checked, role: string): Checked["condition"] {
  return role === IMAGE_USER ? condition : undefined;
}

/** Bindings of the image project take all their members at once. */
function byBinding(grants: SharingGrant<Text>[]): SharingGrant<Text>[][] {
  const names = [...new Set(grants.map(({ binding }) => binding))];
  return names.map((name) => grants.filter(({ binding }) => binding === name));
}

function checkedMap(
  checks: InputChecks,
  path: string,
  values: Record<string, Text> | undefined,
  rule: Rule<string>,
): Record<string, Text> {
  checks.checkKeys(path, values);
  return checks.checkEach(path, values, rule);
}

function checkedConsumers(checks: InputChecks, args: ImageSharingArgs): Record<string, ConsumerModel<Text>> {
  checks.checkNow("consumers", args.consumers, notEmpty("name the projects that use the images"));
  const entries = Object.entries(args.consumers).map(([key, consumer]): [string, ConsumerModel<Text>] => {
    const path = `consumers.${key}`;
    checks.checkNow(path, key, mapKey);
    const { managedInstanceGroups: instanceGroups = true, imageUsers } = consumer;
    checks.checkNow(path, { users: imageUsers ?? args.imageUsers ?? {}, instanceGroups }, consumesSomething);
    checks.checkNow(`${path}.project`, consumer.project, otherThan(args.project));
    const number = checks.check(`${path}.projectNumber`, consumer.projectNumber, projectNumber);
    return [
      key,
      {
        project: checks.check(`${path}.project`, consumer.project, projectId),
        imageUsers: imageUsers && checkedMap(checks, `${path}.imageUsers`, imageUsers, namedMember),
        instanceGroups: instanceGroups ? instanceGroupsMember(number) : undefined,
      },
    ];
  });
  return Object.fromEntries(entries);
}

/** Plain where the number is, so that one account of two consumers is seen to be one. */
function instanceGroupsMember(number: Text): Text {
  return madeOf(number, (known) => `serviceAccount:${googleApisServiceAgent(known)}`);
}

/** The image project's own users are its image creators; a consumer of the same id would make creators of users. */
function otherThan(imageProject: Text): Rule<Text> {
  return (project) =>
    typeof project === "string" && project === imageProject
      ? `must not be the image project itself, got ${shown(project)}; list its members under imageCreators`
      : undefined;
}
