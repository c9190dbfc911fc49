/** Role that encrypts and decrypts with a key. https://cloud.google.com/kms/docs/reference/permissions-and-roles */
export const KEY_USER = "roles/cloudkms.cryptoKeyEncrypterDecrypter";

/** One grant, as data: who may do what where. */
export interface Grant {
  /** Member of the IAM policy, with its prefix. */
  member: string;
  /** Role, as `roles/…`. */
  role: string;
  /** What the role is granted on, as its service names it: `projects/P`, `projects/P/global/images/I`. */
  resource: string;
  /** Expression of the IAM condition, where there is one. */
  condition?: string;
}

/** Grants in an order that does not depend on the order in which inputs name them. */
export function sortedGrants(grants: readonly Grant[]): Grant[] {
  const keyed = grants.map((grant) => ({
    grant,
    key: JSON.stringify([grant.resource, grant.role, grant.member, grant.condition ?? ""]),
  }));
  return keyed.sort((one, other) => (one.key < other.key ? -1 : 1)).map(({ grant }) => grant);
}
