import { type Finding, type PolicyResource, type ResourceRule } from "../rule";
import { at, UNKNOWN } from "../value";
import { isDefaultAccount } from "./defaultAccounts";

/** Blocks by which each type calls an address, and the tokens that it may carry there. */
const CALLS: Record<string, { block: string; tokens: readonly string[] }> = {
  "gcp:cloudscheduler/job:Job": { block: "httpTarget", tokens: ["oidcToken", "oauthToken"] },
  "gcp:pubsub/subscription:Subscription": { block: "pushConfig", tokens: ["oidcToken"] },
};

/** Calls say who calls. */
export const callerToken: ResourceRule = {
  id: "factory-caller-token",
  what: "Scheduled jobs and push subscriptions call as a service account of their own.",
  why: "A call without a token only reaches what lets everybody in: either it fails each time, or the function behind it is open to the internet. A token of a default account says that any of the programs that share it may have called.",
  fix: "Set `oidcToken.serviceAccountEmail` to an account that was made for calling and has `roles/run.invoker` on that function alone; Google's own APIs take `oauthToken`.",
  severity: "high",
  level: "advisory",
  link: "https://cloud.google.com/scheduler/docs/http-target-auth",
  types: Object.keys(CALLS),
  check: ({ type, inputs }) => {
    const { block, tokens } = CALLS[type];
    const call = inputs[block] ?? undefined;
    if (call === undefined) return [];
    if (call === UNKNOWN) return [{ path: block, cannotTell: true }];
    const given = tokens.filter((token) => (at(call, token) ?? undefined) !== undefined);
    if (given.length === 0) return [{ path: `${block}.${tokens[0]}`, violation: "Nobody is told who calls." }];
    return given.flatMap((token) => findingsOf(inputs, `${block}.${token}.serviceAccountEmail`));
  },
};

function findingsOf(inputs: PolicyResource["inputs"], path: string): Finding[] {
  const account = at(inputs, path);
  if (account === UNKNOWN) return [{ path, cannotTell: true }];
  return isDefaultAccount(account) ? [{ path, violation: "It calls as a default account." }] : [];
}
