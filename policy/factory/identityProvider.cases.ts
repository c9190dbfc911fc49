import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { UNKNOWN, type Value } from "../value";

const SAYS = "attributeCondition Everybody's pipelines are taken in";
const GITHUB = "https://token.actions.githubusercontent.com";
const OWN = "assertion.repository_owner_id == '123456'";

const provider = (attributeCondition: Value, issuerUri: Value = GITHUB): CaseResource => ({
  type: "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
  inputs: { workloadIdentityPoolId: "ci", attributeCondition, oidc: { issuerUri } },
});

export const cases: RuleCases = {
  good: [
    { title: "one's own organization", resources: [provider(OWN)] },
    { title: "an issuer of one's own", resources: [provider(undefined, "https://gitlab.acme.example")] },
    { title: "a condition, whoever issues", resources: [provider(OWN, UNKNOWN)] },
  ],
  bad: [
    { title: "a condition that is always true", resources: [provider("true")], says: [SAYS] },
    { title: "GitLab's own service", resources: [provider("", "https://gitlab.com/")], says: [SAYS] },
  ],
  unknown: [
    { title: "the condition", resources: [provider(UNKNOWN)] },
    { title: "the issuer", resources: [provider(undefined, UNKNOWN)] },
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
