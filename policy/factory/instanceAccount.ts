import { type Finding, type ResourceRule } from "../rule";
import { at, UNKNOWN } from "../value";
import { isDefaultAccount } from "./defaultAccounts";
import { INSTANCES } from "./instances";

const INPUT = "serviceAccount.email";

/** Instances do not run as the default account. */
export const instanceAccount: ResourceRule = {
  id: "factory-instance-account",
  what: "Instances and templates run as no account, or as one that was made for them.",
  why: "Compute Engine's default account is shared by all instances that name none, and has the role Editor in projects that were not told otherwise: who gets into one build instance administers the project.",
  fix: "Make a service account with the grants that are needed and name it in `serviceAccount.email`, or leave `serviceAccount` out.",
  severity: "high",
  level: "mandatory",
  link: "https://cloud.google.com/compute/docs/access/service-accounts",
  checkov: ["CKV_GCP_30", "CKV_GCP_31"],
  types: INSTANCES,
  check: ({ inputs }) => {
    if ((inputs.serviceAccount ?? undefined) === undefined) return [];
    const email = at(inputs, INPUT);
    if (email === UNKNOWN) return [{ path: INPUT, cannotTell: true }];
    if (!isDefaultAccount(email)) return [];
    return [{ path: INPUT, violation: "The instance runs as the default account." } satisfies Finding];
  },
};
