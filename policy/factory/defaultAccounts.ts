import { type Value } from "../value";

/** E-mails of the accounts that Google makes for Compute Engine, App Engine and Cloud Build, bare or in a resource's name. */
const DEFAULT =
  /^(projects\/[^/]+\/serviceAccounts\/)?([0-9]+-compute@developer|[^@/]+@appspot|[0-9]+@cloudbuild)\.gserviceaccount\.com$/;

/** Whether an account is none of the program's own: a default one, or none at all, for which Google takes a default one. */
export function isDefaultAccount(account: Value): boolean {
  return typeof account !== "string" || account === "" || account === "default" || DEFAULT.test(account);
}
