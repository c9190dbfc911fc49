import { inputCheck } from "../inputCheck";
import { type PolicyResource, type ResourceRule } from "../rule";
import { isDefaultAccount } from "./defaultAccounts";

/** The inputs that say as whom something builds or runs, by type. */
const ACCOUNTS: Record<string, readonly string[]> = {
  "gcp:cloudbuild/trigger:Trigger": ["serviceAccount"],
  "gcp:cloudfunctions/function:Function": ["serviceAccountEmail", "buildServiceAccount"],
  "gcp:cloudfunctionsv2/function:Function": [
    "serviceConfig.serviceAccountEmail",
    "buildConfig.serviceAccount",
    "eventTrigger.serviceAccountEmail",
  ],
  "gcp:cloudrun/service:Service": ["template.spec.serviceAccountName"],
  "gcp:cloudrunv2/job:Job": ["template.template.serviceAccount"],
  "gcp:cloudrunv2/service:Service": ["template.serviceAccount"],
  "gcp:cloudrunv2/workerPool:WorkerPool": ["template.serviceAccount"],
  "gcp:eventarc/trigger:Trigger": ["serviceAccount"],
  "gcp:workflows/workflow:Workflow": ["serviceAccount"],
};

/** Inputs without which nobody runs as their account. */
const OPTIONAL = ["eventTrigger"];

/** Builds, functions, services, jobs and workflows run as an account of their own. */
export const ownAccount: ResourceRule = {
  id: "factory-own-account",
  what: "Triggers, functions, services, jobs and workflows run as a service account that was made for them.",
  why: "The default accounts are shared by all that names none, and have the role Editor in projects that were not told otherwise: whoever may push to a repository with a trigger then administers the project. What an account of its own may do is written in the program.",
  fix: "Make a service account with the grants that are needed and name it in `serviceAccount`, which functions call `serviceAccountEmail` and `buildServiceAccount`.",
  severity: "high",
  level: "mandatory",
  link: "https://cloud.google.com/iam/docs/best-practices-service-accounts",
  types: Object.keys(ACCOUNTS),
  check: (resource) =>
    ACCOUNTS[resource.type]
      .filter((path) => isUsed(path, resource))
      .flatMap((path) =>
        inputCheck(
          path,
          (account) => !isDefaultAccount(account),
          `${USER[path] ?? "It"} runs as a default account.`,
        )(resource),
      ),
};

function isUsed(path: string, { inputs }: PolicyResource): boolean {
  const [block] = path.split(".");
  return !OPTIONAL.includes(block) || (inputs[block] ?? undefined) !== undefined;
}

/** Who uses an account, where a resource names more than one. */
const USER: Record<string, string> = {
  buildServiceAccount: "The build of the function",
  "buildConfig.serviceAccount": "The build of the function",
  "eventTrigger.serviceAccountEmail": "The trigger of the function",
};
