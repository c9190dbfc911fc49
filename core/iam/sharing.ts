import { all, type Rule } from "../rules";
import type { Grant } from "./grants";
import { iamMember, isPublic } from "./members";

/** Creates instances and disks from an image. https://cloud.google.com/compute/docs/access/iam#compute.imageUser */
export const IMAGE_USER = "roles/compute.imageUser";
/** Creates instances. https://cloud.google.com/compute/docs/access/iam#compute.instanceAdmin.v1 */
export const INSTANCE_ADMIN = "roles/compute.instanceAdmin.v1";
/** Creates images and disks. https://cloud.google.com/compute/docs/access/iam#compute.storageAdmin */
export const STORAGE_ADMIN = "roles/compute.storageAdmin";
/** Runs instances as a service account. https://cloud.google.com/iam/docs/service-account-permissions */
export const SERVICE_ACCOUNT_USER = "roles/iam.serviceAccountUser";

/** A project that uses the images. `T` is what stands for a value: text, or a value that is still to come. */
export interface ConsumerModel<T> {
  /** Its id. */
  project: T;
  /** Members who create instances from the images there; `undefined` for the sharing's own image users. */
  imageUsers?: Record<string, T>;
  /** Member that creates the instances of its managed instance groups; `undefined` where it has none. */
  instanceGroups?: T;
}

/** Who shares what with whom. */
export interface SharingModel<T> {
  /** Members who use the images. */
  imageUsers: Record<string, T>;
  /** Members who make images. */
  imageCreators: Record<string, T>;
  /** E-mails of the accounts that build instances run as. */
  buildServiceAccounts: Record<string, T>;
  /** Projects that use the images. */
  consumers: Record<string, ConsumerModel<T>>;
  /** Names of the images that are shared; `undefined` for those of the whole project. */
  images?: Record<string, T>;
}

/** What a role is granted on. */
export type SharedResource<T> =
  | { kind: "imageProject" }
  | { kind: "image"; image: T }
  | { kind: "serviceAccount"; email: T }
  | { kind: "consumer"; project: T };

/** One grant of the plan. */
export interface SharingGrant<T> {
  /** Tells it from the others, whatever the values are. */
  name: string;
  /** The role that all grants of one binding have in common, with what it is granted on. */
  binding: string;
  role: string;
  on: SharedResource<T>;
  member: T;
}

/**
 * Who gets what where, in the sharing model of Google's guide to image management and no more than that. No grant
 * comes twice, as far as equal values are the same value; the order of the maps' keys changes nothing.
 * https://cloud.google.com/compute/docs/images/image-management-best-practices#sharing_images_between_projects
 */
export function planSharing<T>(model: SharingModel<T>): SharingGrant<T>[] {
  return withoutRepeats([...useGrants(model), ...creatorGrants(model), ...consumerGrants(model)]);
}

/** What the grants are as data, in an order that depends on nothing but them. */
export function grantsOf(planned: readonly SharingGrant<string>[], project: string, condition?: string): Grant[] {
  const grants = planned.map(({ member, role, on }) => ({
    member,
    role,
    resource: resourceName(on, project),
    ...(role === IMAGE_USER && condition !== undefined ? { condition } : {}),
  }));
  return grants.sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
}

/** Grants that come more than once, for members that were not known when the grants were planned. */
export function repeatedGrants(sorted: readonly Grant[]): Grant[] {
  return sorted.filter((grant, index) => index > 0 && sortKey(grant) === sortKey(sorted[index - 1]));
}

/**
 * Expression of an IAM condition for the images whose names begin with a prefix. A look-up by family may be checked
 * against the family's own name, and a list against the project, which no name could match.
 * https://cloud.google.com/iam/docs/conditions-resource-attributes
 */
export function familyCondition(project: string, prefix: string): string {
  const images = `projects/${project}/global/images`;
  return [
    'resource.type != "compute.googleapis.com/Image"',
    `resource.name.startsWith("${images}/${prefix}")`,
    `resource.name.startsWith("${images}/family/${prefix}")`,
  ].join(" || ");
}

/**
 * A rule for members who use the images. https://cloud.google.com/iam/docs/conditions-overview#limitations
 *
 * @param conditional whether their grant carries a condition, which IAM refuses for everybody.
 */
export function imageUser(allowPublic: boolean, conditional: boolean): Rule<string> {
  return all(iamMember(allowPublic), (member) =>
    conditional && isPublic(member)
      ? `must not be ${member} beside scope.familyPrefix, since IAM takes no condition on a grant to everybody; name the images in scope.images`
      : undefined,
  );
}

/** A rule that the images are narrowed down in one way. */
export const oneScope: Rule<{ images?: object; familyPrefix?: unknown }> = ({ images, familyPrefix }) => {
  if (images !== undefined && familyPrefix !== undefined) return "must have images or familyPrefix, got both";
  if (images === undefined && familyPrefix === undefined)
    return "must have images or familyPrefix, got neither; leave scope out to share the whole project's images";
  return images && Object.keys(images).length === 0
    ? "must name at least one image; leave scope out to share the whole project's images"
    : undefined;
};

/** A rule that build accounts have someone to use them. */
export const accountsNeedCreators: Rule<{ buildServiceAccounts?: object; imageCreators?: object }> = (sharing) =>
  isEmpty(sharing.buildServiceAccounts) || !isEmpty(sharing.imageCreators)
    ? undefined
    : "must have imageCreators beside them, who are to use these accounts";

/** A rule that a project consumes something. */
export const consumesSomething: Rule<{ users: object; instanceGroups: boolean }> = ({ users, instanceGroups }) =>
  instanceGroups || !isEmpty(users) ? undefined : "must have imageUsers or managedInstanceGroups; it shares nothing";

function isEmpty(map: object = {}): boolean {
  return Object.keys(map).length === 0;
}

function useGrants<T>({ imageUsers, consumers, images }: SharingModel<T>): SharingGrant<T>[] {
  const own = entries(imageUsers).map(([key, member]): [string, T] => [`user-${key}`, member]);
  const guests = entries(consumers).flatMap(([consumer, { imageUsers: users = {} }]) =>
    entries(users).map(([key, member]): [string, T] => [`consumer-user-${consumer}/${key}`, member]),
  );
  const groups = entries(consumers).flatMap(([consumer, { instanceGroups }]): [string, T][] =>
    instanceGroups === undefined ? [] : [[`instance-groups-${consumer}`, instanceGroups]],
  );
  return [...own, ...guests, ...groups].flatMap(([name, member]): SharingGrant<T>[] => {
    if (!images) return [{ name, binding: "users", role: IMAGE_USER, on: { kind: "imageProject" }, member }];
    return entries(images).map(([key, image]) => ({
      name: `image-${key}/${name}`,
      binding: `image-${key}/users`,
      role: IMAGE_USER,
      on: { kind: "image", image },
      member,
    }));
  });
}

function creatorGrants<T>({ imageCreators, buildServiceAccounts }: SharingModel<T>): SharingGrant<T>[] {
  const on = { kind: "imageProject" } as const;
  return entries(imageCreators).flatMap(([key, member]) => [
    { name: `creator-instances-${key}`, binding: "creators-instances", role: INSTANCE_ADMIN, on, member },
    { name: `creator-images-${key}`, binding: "creators-images", role: STORAGE_ADMIN, on, member },
    ...entries(buildServiceAccounts).map(([account, email]): SharingGrant<T> => ({
      name: `builder-${account}/${key}`,
      binding: `builders-${account}`,
      role: SERVICE_ACCOUNT_USER,
      on: { kind: "serviceAccount", email },
      member,
    })),
  ]);
}

/** Everybody may be allowed to use an image, and must never administer a consumer's instances for that. */
function consumerGrants<T>({ imageUsers, consumers }: SharingModel<T>): SharingGrant<T>[] {
  return entries(consumers).flatMap(([consumer, { project, imageUsers: users = imageUsers }]) =>
    entries(users)
      .filter(([, member]) => !isPublic(member))
      .map(([key, member]): SharingGrant<T> => ({
        name: `consumer-instances-${consumer}/${key}`,
        binding: `consumer-instances-${consumer}`,
        role: INSTANCE_ADMIN,
        on: { kind: "consumer", project },
        member,
      })),
  );
}

function withoutRepeats<T>(grants: SharingGrant<T>[]): SharingGrant<T>[] {
  const seen = new Map<T, SharingGrant<T>[]>();
  return grants.filter((grant) => {
    const others = seen.get(grant.member) ?? [];
    if (others.some((other) => other.role === grant.role && sameResource(other.on, grant.on))) return false;
    seen.set(grant.member, [...others, grant]);
    return true;
  });
}

function sameResource<T>(one: SharedResource<T>, other: SharedResource<T>): boolean {
  return one.kind === other.kind && identity(one) === identity(other);
}

function identity<T>(resource: SharedResource<T>): T | undefined {
  switch (resource.kind) {
    case "imageProject":
      return undefined;
    case "image":
      return resource.image;
    case "serviceAccount":
      return resource.email;
    case "consumer":
      return resource.project;
  }
}

function resourceName(on: SharedResource<string>, project: string): string {
  switch (on.kind) {
    case "imageProject":
      return `projects/${project}`;
    case "image":
      return `projects/${project}/global/images/${on.image}`;
    case "serviceAccount":
      return `projects/${project}/serviceAccounts/${on.email}`;
    case "consumer":
      return `projects/${on.project}`;
  }
}

function sortKey({ resource, role, member, condition = "" }: Grant): string {
  return [resource, role, member, condition].join("\n");
}

/** By key, so that of two equal values the same one is kept whatever the order. */
function entries<V>(map: Record<string, V>): [string, V][] {
  return Object.entries(map).sort(([one], [other]) => (one < other ? -1 : 1));
}
