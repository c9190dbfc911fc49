import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const member = (inputs: Inputs): CaseResource => ({
  type: "gcp:projects/iAMMember:IAMMember",
  inputs: { project: "acme-images", member: "group:auditors@acme.example", ...inputs },
});

export const cases: RuleCases = {
  good: [
    { title: "the viewer of one service", resources: [member({ role: "roles/compute.viewer" })] },
    { title: "Editor is another rule's", resources: [member({ role: "roles/editor" })] },
  ],
  bad: [
    {
      title: "Viewer on a project",
      resources: [member({ role: "roles/viewer" })],
      says: ["role This basic role reads nearly everything"],
    },
    {
      title: "Reader in a policy",
      resources: [
        {
          type: "gcp:projects/iAMPolicy:IAMPolicy",
          inputs: {
            project: "acme-images",
            policyData: '{"bindings":[{"role":"roles/reader","members":["group:auditors@acme.example"]}]}',
          },
        },
      ],
      says: ["policyData.bindings[0].role"],
    },
  ],
  unknown: [{ title: "the role", resources: [member({ role: UNKNOWN })] }],
  secret: [
    {
      title: "a secret member",
      resources: [member({ role: "roles/viewer", member: secretValue("user:hunter2@x.example") })],
    },
  ],
  absent: [{ title: "no role", resources: [member({})] }],
};
