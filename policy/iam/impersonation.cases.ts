import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const member = (inputs: Inputs): CaseResource => ({
  type: "gcp:projects/iAMMember:IAMMember",
  inputs: { project: "acme-images", member: "group:platform@acme.example", ...inputs },
});

const SAYS = "role This role lets its members act as every service account here";

export const cases: RuleCases = {
  good: [
    {
      title: "on one service account",
      resources: [
        {
          type: "gcp:serviceaccount/iAMMember:IAMMember",
          inputs: {
            serviceAccountId: "projects/acme-images/serviceAccounts/build@acme-images.iam.gserviceaccount.com",
            role: "roles/iam.serviceAccountUser",
            member: "group:platform@acme.example",
          },
        },
      ],
    },
    { title: "another role on the project", resources: [member({ role: "roles/compute.imageUser" })] },
  ],
  bad: [
    { title: "on a project", resources: [member({ role: "roles/iam.serviceAccountUser" })], says: [SAYS] },
    {
      title: "on an organization",
      resources: [
        {
          type: "gcp:organizations/iAMBinding:IAMBinding",
          inputs: { orgId: "123456789012", role: "roles/iam.serviceAccountTokenCreator", members: [] },
        },
      ],
      says: [SAYS],
    },
    {
      title: "tokens for every service account, and grants on each",
      resources: [
        member({ role: "roles/iam.serviceAccountOpenIdTokenCreator" }),
        member({ role: "roles/iam.securityAdmin" }),
      ],
      says: [SAYS, SAYS],
    },
  ],
  unknown: [{ title: "the role", resources: [member({ role: UNKNOWN })] }],
  secret: [
    {
      title: "a secret member",
      resources: [member({ role: "roles/iam.serviceAccountUser", member: secretValue("user:hunter2@x.example") })],
    },
  ],
  absent: [{ title: "no role", resources: [member({})] }],
};
