import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const object = (inputs: Inputs): CaseResource => ({
  type: "gcp:storage/bucketIAMMember:BucketIAMMember",
  inputs: { bucket: "acme-images-kiln", role: "roles/storage.objectViewer", ...inputs },
});
const binding = (members: Inputs[string]): CaseResource => ({
  type: "gcp:secretmanager/secretIamBinding:SecretIamBinding",
  inputs: { secretId: "hub-password", role: "roles/secretmanager.secretAccessor", members },
});
const acl = (inputs: Inputs): CaseResource => ({
  type: "gcp:storage/bucketACL:BucketACL",
  inputs: { bucket: "acme-images-kiln", ...inputs },
});

const SAYS = "Everybody on the internet gets this";

export const cases: RuleCases = {
  good: [
    { title: "a group", resources: [object({ member: "group:developers@acme.example" })] },
    {
      title: "a service account and a domain",
      resources: [binding(["serviceAccount:a@b.example", "domain:acme.example"])],
    },
    { title: "a list without the public", resources: [acl({ roleEntities: ["READER:group-a@acme.example"] })] },
    {
      title: "an image, which another rule looks at",
      resources: [
        {
          type: "gcp:compute/imageIamMember:ImageIamMember",
          inputs: { image: "web", role: "roles/compute.imageUser", member: "allUsers" },
        },
      ],
    },
  ],
  bad: [
    { title: "everybody reads a bucket", resources: [object({ member: "allUsers" })], says: [`member ${SAYS}`] },
    {
      title: "one of two members of a binding",
      resources: [binding(["group:developers@acme.example", "allAuthenticatedUsers"])],
      says: [`members[1] ${SAYS}`],
    },
    {
      title: "a policy",
      resources: [
        {
          type: "gcp:kms/cryptoKeyIAMPolicy:CryptoKeyIAMPolicy",
          inputs: {
            cryptoKeyId: "k",
            policyData: '{"bindings":[{"role":"roles/cloudkms.viewer","members":["allUsers"]}]}',
          },
        },
      ],
      says: ["policyData.bindings[0].members[0]"],
    },
    {
      title: "a bucket's list",
      resources: [acl({ roleEntities: ["OWNER:project-owners-1", "READER:allUsers"] })],
      says: ["roleEntities[1]"],
    },
    { title: "a predefined list", resources: [acl({ predefinedAcl: "publicRead" })], says: ["predefinedAcl"] },
    {
      title: "a predefined list for the objects to come",
      resources: [acl({ defaultAcl: "publicRead" })],
      says: [`defaultAcl ${SAYS}`],
    },
    {
      title: "an entry of an object's list",
      resources: [
        {
          type: "gcp:storage/objectAccessControl:ObjectAccessControl",
          inputs: { bucket: "b", object: "o", role: "READER", entity: "allAuthenticatedUsers" },
        },
      ],
      says: ["entity"],
    },
  ],
  unknown: [
    { title: "the member", resources: [object({ member: UNKNOWN })] },
    { title: "the members", resources: [binding(UNKNOWN)] },
    { title: "one of the members", resources: [binding(["group:developers@acme.example", UNKNOWN])] },
    { title: "a bucket's list", resources: [acl({ roleEntities: UNKNOWN })] },
    { title: "the list for the objects to come", resources: [acl({ defaultAcl: UNKNOWN })] },
  ],
  secret: [{ title: "a secret member", resources: [binding([secretValue("user:hunter2@x.example"), "allUsers"])] }],
  absent: [
    { title: "no member", resources: [object({})] },
    { title: "no members", resources: [binding(undefined)] },
    { title: "an empty list", resources: [acl({})] },
  ],
};
