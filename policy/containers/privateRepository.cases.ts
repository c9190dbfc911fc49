import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN, type Value } from "../value";

const SAYS = "Everybody on the internet gets this";
const ROLE = "roles/artifactregistry.reader";
const WHOLE = "projects/acme/locations/eu/repositories/releases";

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
    {
      title: "a repository that is public on purpose in its own project only",
      resources: [
        reader("allUsers", { repository: WHOLE }),
        reader("allUsers", { project: "acme", location: "eu" }),
        reader("allUsers", { project: "acme", location: UNKNOWN }),
      ],
      config: { publicRepositories: ["acme/eu/releases", WHOLE, "acme/releases"] },
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
    {
      title: "more than to pull from the public one",
      resources: [
        reader("allUsers", { role: "roles/artifactregistry.writer" }),
        policy(JSON.stringify({ bindings: [{ role: "roles/artifactregistry.admin", members: ["allUsers"] }] })),
      ],
      config: { publicRepositories: ["releases"] },
      says: [`member ${SAYS}`, `policyData.bindings[0].members[0] ${SAYS}`],
    },
    {
      title: "one of the same id in another project or location",
      resources: [
        reader("allUsers", { repository: "projects/other/locations/eu/repositories/releases" }),
        reader("allUsers", { project: "acme", location: "us" }),
      ],
      config: { publicRepositories: [WHOLE] },
      says: [SAYS, SAYS],
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
    {
      title: "the role, on the public one",
      resources: [reader("allUsers", { role: UNKNOWN })],
      config: { publicRepositories: ["releases"] },
    },
    {
      title: "the project, where one is public on purpose in its own",
      resources: [reader("allUsers")],
      config: { publicRepositories: ["acme/releases"] },
    },
  ],
  secret: [{ title: "a secret member", resources: [reader(secretValue("user:hunter2@acme.example"))] }],
  absent: [{ title: "no member", resources: [reader(undefined)] }],
};
