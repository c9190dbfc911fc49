import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const PROJECT = { project: "acme-images", role: "roles/compute.imageUser" };

const member = (name: string, inputs: Inputs): CaseResource => ({
  type: "gcp:projects/iAMMember:IAMMember",
  name,
  inputs: { member: "group:developers@acme.example", ...PROJECT, ...inputs },
});
const binding = (name: string, inputs: Inputs): CaseResource => ({
  type: "gcp:projects/iAMBinding:IAMBinding",
  name,
  inputs: { members: ["group:platform@acme.example"], ...PROJECT, ...inputs },
});
const policy: CaseResource = {
  type: "gcp:projects/iAMPolicy:IAMPolicy",
  name: "all",
  inputs: { project: "acme-images", policyData: '{"bindings":[]}' },
};
const onImage = (kind: "Member" | "Binding", inputs: Inputs): CaseResource => ({
  type: `gcp:compute/imageIam${kind}:ImageIam${kind}`,
  name: kind,
  inputs: { role: "roles/compute.imageUser", member: undefined, ...inputs },
});

const BINDING = "This binding removes members";

export const cases: RuleCases = {
  good: [
    { title: "two members of a role", resources: [member("a", {}), member("b", { member: "group:b@acme.example" })] },
    {
      title: "a binding and a member of another role",
      resources: [binding("a", {}), member("b", { role: "roles/browser" })],
    },
    {
      title: "a binding and a member in another project",
      resources: [binding("a", {}), member("b", { project: "acme-shop" })],
    },
    {
      title: "an unknown project, where no other role could clash",
      resources: [binding("a", {}), member("b", { project: UNKNOWN, role: "roles/browser" })],
    },
    {
      title: "bindings of one role under two conditions",
      resources: [
        binding("a", { condition: { title: "a", expression: "request.time < timestamp('2027-01-01T00:00:00Z')" } }),
        binding("b", {}),
      ],
    },
    {
      title: "a binding of an image and a member of another of the same project",
      resources: [
        onImage("Binding", { image: "projects/acme-images/global/images/web" }),
        onImage("Member", { image: "projects/acme-images/global/images/db" }),
      ],
    },
  ],
  bad: [
    { title: "a binding and a member of one role", resources: [binding("a", {}), member("b", {})], says: [BINDING] },
    {
      title: "the project written in two ways",
      resources: [binding("a", { project: "projects/acme-images" }), member("b", {})],
      says: [BINDING],
    },
    { title: "two bindings of one role", resources: [binding("a", {}), binding("b", {})], says: [BINDING, BINDING] },
    {
      title: "a policy beside a member",
      resources: [policy, member("b", {})],
      says: ["This policy removes what the stack grants on the same resource elsewhere"],
    },
    {
      title: "an image by its name and by its link",
      resources: [
        onImage("Binding", { image: "https://www.googleapis.com/compute/v1/projects/acme-images/global/images/web" }),
        onImage("Member", { image: "web", project: "acme-images" }),
      ],
      says: [BINDING],
    },
  ],
  unknown: [
    { title: "what one of them is about", resources: [binding("a", {}), member("b", { project: UNKNOWN })] },
    { title: "what a policy is about", resources: [{ ...policy, inputs: { project: UNKNOWN } }, member("b", {})] },
    { title: "what two bindings are about", resources: [binding("a", { project: UNKNOWN }), binding("b", {})] },
    { title: "the role of one of them", resources: [binding("a", {}), member("b", { role: UNKNOWN })] },
  ],
  secret: [
    {
      title: "a secret project",
      resources: [binding("a", { project: secretValue("hunter2") }), member("b", { project: secretValue("hunter2") })],
    },
  ],
  absent: [
    {
      title: "no project in either",
      resources: [binding("a", { project: undefined }), member("b", { project: undefined })],
      says: [BINDING],
    },
    { title: "nothing but members", resources: [member("a", { project: UNKNOWN }), member("b", {})] },
  ],
};
