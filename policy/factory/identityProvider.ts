import { type Finding, type ResourceRule } from "../rule";
import { at, UNKNOWN, type Value } from "../value";

const ISSUER = "oidc.issuerUri";
const CONDITION = "attributeCondition";
const MAPPING = "attributeMapping";

/**
 * Issuers that give tokens to everybody who has an account there, and the claims of each that name whose pipeline it is.
 * Where the issuer's path names an organization, as CircleCI's, Bitbucket's and Azure DevOps's do, nobody else has it.
 */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  "agent.buildkite.com": ["organization_id", "organization_slug", "pipeline_id", "sub"],
  "app.terraform.io": [
    "sub",
    "terraform_organization_id",
    "terraform_organization_name",
    "terraform_project_id",
    "terraform_workspace_id",
  ],
  "gitlab.com": ["namespace_id", "namespace_path", "project_id", "project_path", "sub"],
  "token.actions.githubusercontent.com": [
    "enterprise",
    "enterprise_id",
    "repository",
    "repository_id",
    "repository_owner",
    "repository_owner_id",
    "sub",
    "workflow_ref",
  ],
};
const ALL_CLAIMS = Object.values(SHARED).flat();

/** Strangers' pipelines do not get in. */
export const identityProvider: ResourceRule = {
  id: "factory-identity-provider",
  what: "A provider of a workload identity pool that trusts a public CI system has a condition that names whose pipelines it takes.",
  why: "GitHub, GitLab and their like give a token to every repository in the world. Without a condition the pool takes all of them in, and a grant to the whole pool, or to a name that anybody may choose, is a grant to strangers. A condition on the branch or the actor alone lets them in as well.",
  fix: "Set `attributeCondition` to what only your own organization has, such as `assertion.repository_owner_id == '123456'`.",
  severity: "high",
  level: "mandatory",
  link: "https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines",
  checkov: ["CKV_GCP_118", "CKV_GCP_125"],
  types: ["gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider"],
  check: ({ inputs }) => {
    const issuer = at(inputs, ISSUER);
    const claims = issuer === UNKNOWN ? ALL_CLAIMS : claimsOf(issuer);
    if (claims === undefined) return [];
    const condition = mapped(inputs[CONDITION], inputs[MAPPING]);
    if (namesOwner(condition, claims)) return [];
    if (issuer === UNKNOWN) return [{ path: ISSUER, cannotTell: true }];
    if (condition === UNKNOWN) return [{ path: inputs[CONDITION] === UNKNOWN ? CONDITION : MAPPING, cannotTell: true }];
    return [{ path: CONDITION, violation: "Everybody's pipelines are taken in." } satisfies Finding];
  },
};

function claimsOf(issuer: Value): readonly string[] | undefined {
  const host = typeof issuer === "string" ? /^https:\/\/([^/:]+)(:443)?\/?$/.exec(issuer)?.[1] : undefined;
  return host !== undefined && Object.hasOwn(SHARED, host) ? SHARED[host] : undefined;
}

/** A condition without its texts, with what the provider maps in the place of each mapped attribute. */
function mapped(condition: Value, mapping: Value): Value {
  if (typeof condition !== "string") return condition;
  const plain = withoutTexts(condition);
  const names = [...new Set(plain.match(/\b(attribute|google)\.\w+/g))];
  const values = new Map(names.map((name) => [name, at(mapping, [name])]));
  if ([...values.values()].includes(UNKNOWN)) return UNKNOWN;
  return plain.replace(/\b(attribute|google)\.\w+/g, (name) => {
    const value = values.get(name);
    return typeof value === "string" ? withoutTexts(value) : name;
  });
}

/** `assertion['sub']` is `assertion.sub`. */
function withoutTexts(expression: string): string {
  return expression.replace(/\[\s?(["'])(\w+)\1\s?\]/g, ".$2").replace(/"[^"]*"|'[^']*'/g, "''");
}

/** Whether each alternative of a condition compares a claim that names whose pipeline it is; that it is not somebody says nothing. */
function namesOwner(condition: Value, claims: readonly string[]): boolean {
  if (typeof condition !== "string") return false;
  const claim = new RegExp(`\\.(${claims.join("|")})\\b`);
  return alternativesOf(condition).every((alternative) =>
    alternative
      .replace(/\bhas\([^()]*\)/g, "")
      .split("&&")
      .some((term) => claim.test(term) && !term.includes("!")),
  );
}

/** What stands between the `||` of a condition, outside of brackets. */
function alternativesOf(condition: string): string[] {
  const alternatives = [""];
  let depth = 0;
  for (const part of condition.split(/(\|\||[()])/)) {
    if (part === "(") depth++;
    if (part === ")") depth--;
    if (part === "||" && depth === 0) alternatives.push("");
    else alternatives[alternatives.length - 1] += part;
  }
  return alternatives;
}
