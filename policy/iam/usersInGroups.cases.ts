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

const WORKFORCE = "principal://iam.googleapis.com/locations/global/workforcePools/acme/subject/ada@acme.example";
const access = (userByEmail: Inputs[string]): CaseResource => ({
  type: "gcp:bigquery/datasetAccess:DatasetAccess",
  inputs: { datasetId: "pulls", role: "READER", userByEmail },
});
const dataset = (accesses: Inputs[string]): CaseResource => ({
  type: "gcp:bigquery/dataset:Dataset",
  inputs: { datasetId: "pulls", accesses },
});
const entity = (name: Inputs[string]): CaseResource => ({
  type: "gcp:storage/bucketAccessControl:BucketAccessControl",
  inputs: { bucket: "acme-images-kiln", role: "READER", entity: name },
});

const SAYS = "A single person is granted this role by name";

export const cases: RuleCases = {
  good: [
    { title: "a group", resources: [member({ member: "group:developers@acme.example" })] },
    { title: "a service account", resources: [member({ member: "serviceAccount:user@acme.iam.gserviceaccount.com" })] },
    {
      title: "service accounts and groups in lists",
      resources: [
        access("logs@acme.iam.gserviceaccount.com"),
        dataset([
          { role: "OWNER", specialGroup: "projectOwners" },
          { role: "READER", groupByEmail: "a@acme.example" },
        ]),
        entity("user-logs@acme.iam.gserviceaccount.com"),
        entity("group-developers@acme.example"),
      ],
    },
    {
      title: "a group of a workforce pool",
      resources: [
        member({ member: "principalSet://iam.googleapis.com/locations/global/workforcePools/acme/group/developers" }),
      ],
    },
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
    { title: "somebody of a workforce pool", resources: [member({ member: WORKFORCE })], says: [SAYS] },
    {
      title: "people in the lists of datasets",
      resources: [access("ada@acme.example"), dataset([{ role: "OWNER", userByEmail: "ada@acme.example" }])],
      says: [`userByEmail ${SAYS}`, `accesses[0].userByEmail ${SAYS}`],
    },
    {
      title: "people in the lists of buckets",
      resources: [
        entity("user-ada@acme.example"),
        {
          type: "gcp:storage/bucketACL:BucketACL",
          inputs: { bucket: "acme-images-kiln", roleEntities: ["OWNER:user-ada@acme.example"] },
        },
      ],
      says: [`entity ${SAYS}`, `roleEntities[0] ${SAYS}`],
    },
  ],
  unknown: [
    { title: "the member", resources: [member({ member: UNKNOWN })] },
    { title: "a user of a dataset", resources: [access(UNKNOWN)] },
    { title: "the list of a dataset", resources: [dataset(UNKNOWN)] },
    { title: "whom a bucket lets in", resources: [entity(UNKNOWN)] },
    { title: "the members", resources: [binding(UNKNOWN)] },
  ],
  secret: [{ title: "a secret person", resources: [member({ member: secretValue("user:hunter2@acme.example") })] }],
  absent: [{ title: "no member", resources: [member({}), access(undefined), dataset(undefined), entity(undefined)] }],
};
