import { type Finding, type ResourceRule } from "../rule";
import { at, UNKNOWN, type Value } from "../value";

const ISSUER = "oidc.issuerUri";
const CONDITION = "attributeCondition";

/** Issuers that give tokens to everybody who has an account there. */
const SHARED = [
  "agent.buildkite.com",
  "api.bitbucket.org",
  "app.terraform.io",
  "gitlab.com",
  "oidc.circleci.com",
  "token.actions.githubusercontent.com",
  "vstoken.dev.azure.com",
];

/** Strangers' pipelines do not get in. */
export const identityProvider: ResourceRule = {
  id: "factory-identity-provider",
  what: "A provider of a workload identity pool that trusts a public CI system has a condition.",
  why: "GitHub, GitLab and their like give a token to every repository in the world. Without a condition the pool takes all of them in, and a grant to the whole pool, or to a name that anybody may choose, is a grant to strangers.",
  fix: "Set `attributeCondition` to what only your own organization has, such as `assertion.repository_owner_id == '123456'`.",
  severity: "high",
  level: "mandatory",
  link: "https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines",
  checkov: ["CKV_GCP_118", "CKV_GCP_125"],
  types: ["gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider"],
  check: ({ inputs }) => {
    const condition = inputs[CONDITION];
    if (isCondition(condition)) return [];
    const issuer = at(inputs, ISSUER);
    if (issuer === UNKNOWN) return [{ path: ISSUER, cannotTell: true }];
    if (!isShared(issuer)) return [];
    if (condition === UNKNOWN) return [{ path: CONDITION, cannotTell: true }];
    return [{ path: CONDITION, violation: "Everybody's pipelines are taken in." } satisfies Finding];
  },
};

/** A condition that is always true is none. */
function isCondition(condition: Value): boolean {
  return typeof condition === "string" && !["", "true"].includes(condition.trim());
}

function isShared(issuer: Value): boolean {
  const host = typeof issuer === "string" ? /^https:\/\/([^/:]+)/.exec(issuer)?.[1] : undefined;
  return SHARED.some((one) => host === one);
}
