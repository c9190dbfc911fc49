import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const member = (inputs: Inputs): CaseResource => ({
  type: "gcp:projects/iAMMember:IAMMember",
  inputs: { project: "acme-images", member: "group:platform@acme.example", ...inputs },
});
const policy = (policyData: Inputs[string]): CaseResource => ({
  type: "gcp:folder/iAMPolicy:IAMPolicy",
  inputs: { folder: "folders/123456789012", policyData },
});
const bindings = (...roles: string[]) =>
  JSON.stringify({ bindings: roles.map((role) => ({ role, members: ["group:platform@acme.example"] })) });

const SAYS = "role This basic role changes everything";

export const cases: RuleCases = {
  good: [
    { title: "a predefined role", resources: [member({ role: "roles/compute.instanceAdmin.v1" })] },
    { title: "a policy of predefined roles", resources: [policy(bindings("roles/browser", "roles/viewer"))] },
    { title: "a custom role of that name", resources: [member({ role: "projects/acme-images/roles/editor" })] },
  ],
  bad: [
    { title: "Editor on a project", resources: [member({ role: "roles/editor" })], says: [SAYS] },
    {
      title: "Owner in a binding of an organization",
      resources: [
        {
          type: "gcp:organizations/iAMBinding:IAMBinding",
          inputs: { orgId: "123456789012", role: "roles/owner", members: [] },
        },
      ],
      says: [SAYS],
    },
    {
      title: "two of three roles of a policy",
      resources: [policy(bindings("roles/owner", "roles/browser", "roles/writer"))],
      says: ["policyData.bindings[0].role", "policyData.bindings[2].role"],
    },
    {
      title: "a service account's own policy",
      resources: [
        {
          type: "gcp:serviceaccount/iAMMember:IAMMember",
          inputs: { serviceAccountId: "build", role: "roles/admin", member: "group:platform@acme.example" },
        },
      ],
      says: [SAYS],
    },
  ],
  unknown: [
    { title: "the role", resources: [member({ role: UNKNOWN })] },
    { title: "the policy", resources: [policy(UNKNOWN)] },
  ],
  secret: [
    {
      title: "a secret member",
      resources: [member({ role: "roles/owner", member: secretValue("user:hunter2@x.example") })],
    },
    { title: "a secret role", resources: [member({ role: secretValue("roles/hunter2") })] },
  ],
  absent: [
    { title: "no role", resources: [member({})] },
    { title: "no bindings", resources: [policy("{}")] },
  ],
};
