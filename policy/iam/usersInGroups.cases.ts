import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const member = (inputs: Inputs): CaseResource => ({
  type: "gcp:projects/iAMMember:IAMMember",
  inputs: { project: "acme-images", role: "roles/compute.imageUser", ...inputs },
});
const binding = (members: Inputs[string]): CaseResource => ({
  type: "gcp:compute/imageIamBinding:ImageIamBinding",
  inputs: { image: "web", role: "roles/compute.imageUser", members },
});

const SAYS = "A single person is granted this role by name";

export const cases: RuleCases = {
  good: [
    { title: "a group", resources: [member({ member: "group:developers@acme.example" })] },
    { title: "a service account", resources: [member({ member: "serviceAccount:user@acme.iam.gserviceaccount.com" })] },
  ],
  bad: [
    { title: "a person", resources: [member({ member: "user:ada@acme.example" })], says: [`member ${SAYS}`] },
    {
      title: "a person among groups",
      resources: [binding(["group:developers@acme.example", "user:ada@acme.example"])],
      says: [`members[1] ${SAYS}`],
    },
    {
      title: "a person whose account was deleted",
      resources: [member({ member: "deleted:user:ada@acme.example?uid=1" })],
      says: [SAYS],
    },
  ],
  unknown: [
    { title: "the member", resources: [member({ member: UNKNOWN })] },
    { title: "the members", resources: [binding(UNKNOWN)] },
  ],
  secret: [{ title: "a secret person", resources: [member({ member: secretValue("user:hunter2@acme.example") })] }],
  absent: [{ title: "no member", resources: [member({})] }],
};
