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

const on = (type: string, name: string, inputs: Inputs): CaseResource => ({
  type,
  name,
  inputs: { role: "roles/viewer", ...inputs },
});
const onRepository = (kind: "Member" | "Binding", inputs: Inputs): CaseResource =>
  on(`gcp:artifactregistry/repositoryIam${kind}:RepositoryIam${kind}`, kind, inputs);
const onDataset = (inputs: Inputs): CaseResource =>
  on("gcp:bigquery/datasetIamMember:DatasetIamMember", "grant", { project: "acme", datasetId: "pulls", ...inputs });
const entry = (inputs: Inputs, name = "entry"): CaseResource => ({
  type: "gcp:bigquery/datasetAccess:DatasetAccess",
  name,
  inputs: { project: "acme", datasetId: "pulls", role: "READER", groupByEmail: "a@acme.example", ...inputs },
});

const ENTRY = "This entry and the grants on the same dataset remove one another";
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
    {
      title: "a binding of a repository and a member of another, neither with a project",
      resources: [onRepository("Binding", { repository: "a" }), onRepository("Member", { repository: "b" })],
    },
    { title: "two entries of a dataset's own list", resources: [entry({}), entry({ groupByEmail: UNKNOWN }, "other")] },
    {
      title: "an entry of a dataset's own list and a grant on another",
      resources: [entry({}), onDataset({ datasetId: "billing" })],
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
    {
      title: "a repository by its id and by its whole name",
      resources: [
        onRepository("Binding", { repository: "projects/acme/locations/eu/repositories/r" }),
        onRepository("Member", { repository: "r", location: "eu", project: "acme" }),
      ],
      says: [BINDING],
    },
    {
      title: "a secret and a topic by their ids and by their whole names",
      resources: [
        on("gcp:secretmanager/secretIamMember:SecretIamMember", "a", { project: "acme", secretId: "s" }),
        on("gcp:secretmanager/secretIamBinding:SecretIamBinding", "b", { secretId: "projects/acme/secrets/s" }),
        on("gcp:pubsub/topicIAMMember:TopicIAMMember", "c", { project: "acme", topic: "t" }),
        on("gcp:pubsub/topicIAMBinding:TopicIAMBinding", "d", { topic: "projects/acme/topics/t" }),
      ],
      says: [BINDING, BINDING],
    },
    {
      title: "an entry of a dataset's own list beside a grant",
      resources: [entry({}), onDataset({ datasetId: "projects/acme/datasets/pulls" })],
      says: [ENTRY],
    },
    {
      title: "an entry of a dataset's own list beside a policy",
      resources: [
        entry({}),
        on("gcp:bigquery/datasetIamPolicy:DatasetIamPolicy", "all", { project: "acme", datasetId: "pulls" }),
      ],
      says: ["This policy removes what the stack grants"],
    },
  ],
  unknown: [
    { title: "what one of them is about", resources: [binding("a", {}), member("b", { project: UNKNOWN })] },
    { title: "what a policy is about", resources: [{ ...policy, inputs: { project: UNKNOWN } }, member("b", {})] },
    { title: "what two bindings are about", resources: [binding("a", { project: UNKNOWN }), binding("b", {})] },
    {
      title: "the project of one of them, which is the provider's",
      resources: [
        onRepository("Binding", { repository: "projects/acme/locations/eu/repositories/r" }),
        onRepository("Member", { repository: "r", location: "eu" }),
      ],
    },
    {
      title: "the project of a binding, which is the provider's",
      resources: [
        onRepository("Binding", { repository: "r", location: "eu" }),
        onRepository("Member", { repository: "r", location: "eu", project: "acme" }),
      ],
    },
    { title: "the dataset of an entry", resources: [entry({ datasetId: UNKNOWN }), onDataset({})] },
    { title: "the project of an entry", resources: [entry({ project: undefined }), onDataset({})] },
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
