import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN, type Value } from "../value";

const SAYS = "attributeCondition Everybody's pipelines are taken in";
const GITHUB = "https://token.actions.githubusercontent.com";
const OWN = "assertion.repository_owner_id == '123456'";

const provider = (attributeCondition: Value, issuerUri: Value = GITHUB, more: Inputs = {}): CaseResource => ({
  type: "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
  inputs: { workloadIdentityPoolId: "ci", attributeCondition, oidc: { issuerUri }, ...more },
});

export const cases: RuleCases = {
  good: [
    { title: "one's own organization", resources: [provider(OWN)] },
    { title: "an issuer of one's own", resources: [provider(undefined, "https://gitlab.acme.example")] },
    { title: "a condition, whoever issues", resources: [provider(OWN, UNKNOWN)] },
    ...[
      "assertion.repository == 'acme/shop' && (assertion.ref == 'a' || assertion.ref == 'b')",
      "assertion.repository_owner in ['acme', 'acme-labs'] && assertion.actor != 'octocat'",
      "assertion['sub'].startsWith('repo:acme/')",
      "assertion.repository_id == '1' || assertion.repository_id == '2'",
      "has(assertion.sub) && '123456' == assertion.repository_owner_id",
    ].map((condition) => ({ title: `the owner in ${condition}`, resources: [provider(condition)] })),
    {
      title: "one's own organization by a mapped attribute",
      resources: [
        provider("attribute.owner == 'acme'", GITHUB, {
          attributeMapping: { "attribute.owner": "assertion.repository_owner" },
        }),
      ],
    },
    { title: "one's own group", resources: [provider("assertion.namespace_id == '42'", "https://gitlab.com")] },
    ...[
      "https://oidc.circleci.com/org/5f3c",
      "https://vstoken.dev.azure.com/5f3c",
      "https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc",
      `${GITHUB}/acme`,
    ].map((issuer) => ({
      title: `an issuer for one organization: ${issuer}`,
      resources: [provider(undefined, issuer)],
    })),
  ],
  bad: [
    { title: "a condition that is always true", resources: [provider("true")], says: [SAYS] },
    ...[
      "assertion.ref == 'refs/heads/main'",
      "assertion.actor != 'octocat'",
      "assertion.sub != ''",
      "has(assertion.sub)",
      "1 == 1",
      "true || assertion.repository_owner == 'acme'",
      "assertion.repository_owner == 'acme' || assertion.ref == 'refs/heads/main'",
      "assertion.ref == 'assertion.sub'",
    ].map((condition) => ({ title: `nobody's name in ${condition}`, resources: [provider(condition)], says: [SAYS] })),
    {
      title: "a mapped attribute that names nobody",
      resources: [
        provider("attribute.branch == 'main'", GITHUB, { attributeMapping: { "attribute.branch": "assertion.ref" } }),
      ],
      says: [SAYS],
    },
    {
      title: "a claim of another issuer",
      resources: [provider("assertion.repository == 'acme/shop'", "https://gitlab.com")],
      says: [SAYS],
    },
    { title: "GitLab's own service", resources: [provider("", "https://gitlab.com/")], says: [SAYS] },
  ],
  unknown: [
    { title: "the condition", resources: [provider(UNKNOWN)] },
    { title: "the issuer", resources: [provider(undefined, UNKNOWN)] },
    { title: "the issuer, where a condition names nobody", resources: [provider("assertion.ref == 'main'", UNKNOWN)] },
    {
      title: "what an attribute of the condition is",
      resources: [provider("attribute.owner == 'acme'", GITHUB, { attributeMapping: UNKNOWN })],
    },
  ],
  secret: [{ title: "a secret issuer", resources: [provider(undefined, secretValue("https://hunter2.example"))] }],
  absent: [
    { title: "no condition", resources: [provider(undefined)], says: [SAYS] },
    {
      title: "Amazon's accounts, which are no public CI system",
      resources: [
        {
          type: "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
          inputs: { aws: { accountId: "123456789012" } },
        },
      ],
    },
  ],
};
