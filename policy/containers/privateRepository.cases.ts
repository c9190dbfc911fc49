import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN, type Value } from "../value";

const SAYS = "Everybody on the internet gets this";
const ROLE = "roles/artifactregistry.reader";

const reader = (member: Value, more: Inputs = {}): CaseResource => ({
  type: "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
  inputs: { repository: "releases", role: ROLE, member, ...more },
});

const policy = (policyData: Value): CaseResource => ({
  type: "gcp:artifactregistry/repositoryIamPolicy:RepositoryIamPolicy",
  inputs: { repository: "releases", policyData },
});

export const cases: RuleCases = {
  good: [
    { title: "a group", resources: [reader("group:developers@acme.example")] },
    {
      title: "a repository that is public on purpose",
      resources: [
        reader("allUsers"),
        reader("allUsers", { repository: "projects/acme/locations/eu/repositories/releases" }),
      ],
      config: { publicRepositories: ["releases"] },
    },
  ],
  bad: [
    { title: "everybody", resources: [reader("allUsers")], says: [`member ${SAYS}`] },
    {
      title: "everybody with an account, among others",
      resources: [
        {
          type: "gcp:artifactregistry/repositoryIamBinding:RepositoryIamBinding",
          inputs: { repository: "releases", role: ROLE, members: ["group:a@acme.example", "allAuthenticatedUsers"] },
        },
      ],
      says: [`members[1] ${SAYS}`],
    },
    {
      title: "a whole policy",
      resources: [policy(JSON.stringify({ bindings: [{ role: ROLE, members: ["allUsers"] }] }))],
      says: [SAYS],
    },
    {
      title: "another repository than the public one",
      resources: [reader("allUsers")],
      config: { publicRepositories: ["samples"] },
      says: [SAYS],
    },
  ],
  unknown: [
    { title: "the member", resources: [reader(UNKNOWN)] },
    { title: "the policy", resources: [policy(UNKNOWN)] },
    {
      title: "the repository, where one is public on purpose",
      resources: [reader("allUsers", { repository: UNKNOWN })],
      config: { publicRepositories: ["samples"] },
    },
  ],
  secret: [{ title: "a secret member", resources: [reader(secretValue("user:hunter2@acme.example"))] }],
  absent: [{ title: "no member", resources: [reader(undefined)] }],
};
