import { type Rule, shapedLike } from "../rules";

/**
 * A rule for the name of what has accounts of its own, since theirs are made of it and have 30 characters.
 * https://cloud.google.com/iam/docs/service-accounts-create
 */
export const accountPrefix: Rule<string> = shapedLike(
  /^[a-z][-a-z0-9]{2,20}[a-z0-9]$/,
  "4 to 22 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen",
);

/** E-mail of a project's service account. https://cloud.google.com/iam/docs/service-account-types#user-managed */
export function accountEmail(id: string, project: string): string {
  const [domain, local] = project.includes(":") ? project.split(":") : ["", project];
  return `${id}@${local}${domain && `.${domain}`}.iam.gserviceaccount.com`;
}
