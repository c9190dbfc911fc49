import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const member = (name: Inputs[string]): CaseResource => ({
  type: "gcp:compute/imageIamMember:ImageIamMember",
  inputs: { project: "acme-images", image: "web-20270101", role: "roles/compute.imageUser", member: name },
});
const binding = (members: Inputs[string]): CaseResource => ({
  type: "gcp:compute/snapshotIamBinding:SnapshotIamBinding",
  inputs: { name: "web", role: "roles/compute.storageAdmin", members },
});

const SAYS = "Everybody on the internet gets the disk's content";

export const cases: RuleCases = {
  good: [
    { title: "a group", resources: [member("group:developers@acme.example")] },
    {
      title: "a bucket, which another rule looks at",
      resources: [
        {
          type: "gcp:storage/bucketIAMMember:BucketIAMMember",
          inputs: { bucket: "b", role: "roles/storage.objectViewer", member: "allUsers" },
        },
      ],
    },
  ],
  bad: [
    { title: "everybody", resources: [member("allUsers")], says: [`member ${SAYS}`] },
    {
      title: "everybody with a Google account, among others",
      resources: [binding(["group:developers@acme.example", "allAuthenticatedUsers"])],
      says: [`members[1] ${SAYS}`],
    },
    {
      title: "the policy of a disk",
      resources: [
        {
          type: "gcp:compute/diskIamPolicy:DiskIamPolicy",
          inputs: {
            name: "web",
            policyData: '{"bindings":[{"role":"roles/compute.imageUser","members":["allUsers"]}]}',
          },
        },
      ],
      says: [`policyData.bindings[0].members[0] ${SAYS}`],
    },
  ],
  unknown: [
    { title: "the member", resources: [member(UNKNOWN)] },
    { title: "the members", resources: [binding(UNKNOWN)] },
  ],
  secret: [{ title: "a secret member", resources: [binding([secretValue("user:hunter2@x.example"), "allUsers"])] }],
  absent: [{ title: "no member", resources: [member(undefined)] }],
};
