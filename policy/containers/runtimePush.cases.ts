import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN, type Value } from "../value";

const EMAIL = "shop@acme-shop.iam.gserviceaccount.com";
const MEMBER = `serviceAccount:${EMAIL}`;
const SAYS = "An account as which something serves may push to this repository.";
const WRITER = "roles/artifactregistry.writer";
const ACCOUNT = { type: "gcp:serviceaccount/account:Account", name: "shop" };
const OTHER = { ...ACCOUNT, name: "builder" };

const service = (account: Value, more: Partial<CaseResource> = {}): CaseResource => ({
  type: "gcp:cloudrunv2/service:Service",
  name: "shop",
  inputs: { template: { serviceAccount: account } },
  ...more,
});

const pool = (account: Value): CaseResource => ({
  type: "gcp:container/nodePool:NodePool",
  name: "pool",
  inputs: { nodeConfig: { serviceAccount: account } },
});

const grant = (inputs: Inputs, more: Partial<CaseResource> = {}): CaseResource => ({
  type: "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
  name: "grant",
  inputs: { project: "acme-images", location: "europe-west1", repository: "releases", role: WRITER, ...inputs },
  ...more,
});

const binding = (members: Value): CaseResource => ({
  ...grant({ members }),
  type: "gcp:artifactregistry/repositoryIamBinding:RepositoryIamBinding",
});

const account = ({ type, name }: typeof ACCOUNT): CaseResource => ({ type, name, inputs: { accountId: name } });

export const cases: RuleCases = {
  good: [
    {
      title: "a reader",
      resources: [service(EMAIL), grant({ role: "roles/artifactregistry.reader", member: MEMBER })],
    },
    {
      title: "a builder of its own",
      resources: [
        service(EMAIL),
        pool(EMAIL),
        grant({ member: "serviceAccount:builder@acme.iam.gserviceaccount.com" }),
      ],
    },
    {
      title: "accounts that are created first, one to serve and one to build",
      resources: [
        account(ACCOUNT),
        account(OTHER),
        service(UNKNOWN, { sources: { template: [ACCOUNT] } }),
        grant({ member: UNKNOWN }, { sources: { member: [OTHER] } }),
      ],
    },
    {
      title: "a job, which may be there to copy images",
      resources: [
        {
          type: "gcp:cloudrunv2/job:Job",
          name: "mirror",
          inputs: { template: { template: { serviceAccount: EMAIL } } },
        },
        grant({ member: MEMBER }),
      ],
    },
  ],
  bad: [
    {
      title: "nodes that may push",
      resources: [pool(EMAIL), grant({ member: MEMBER })],
      says: [`member ${SAYS}`],
    },
    {
      title: "a service that may delete",
      resources: [service(EMAIL), binding([MEMBER])],
      says: [`members[0] ${SAYS}`],
    },
    {
      title: "an account that is created first",
      resources: [
        account(ACCOUNT),
        service(UNKNOWN, { sources: { template: [ACCOUNT] } }),
        grant({ member: UNKNOWN }, { sources: { member: [ACCOUNT] } }),
      ],
      says: [SAYS],
    },
    {
      title: "pools of a cluster",
      resources: [
        {
          type: "gcp:container/cluster:Cluster",
          name: "cluster",
          inputs: { nodePools: [{ nodeConfig: { serviceAccount: EMAIL } }] },
        },
        grant({ member: MEMBER, role: "roles/artifactregistry.repoAdmin" }),
      ],
      says: [SAYS],
    },
  ],
  unknown: [
    { title: "the member, and nothing that says whose it is", resources: [service(EMAIL), grant({ member: UNKNOWN })] },
    { title: "the members", resources: [service(EMAIL), binding(UNKNOWN)] },
  ],
  secret: [
    {
      title: "a secret account",
      resources: [
        service(secretValue("hunter2@acme.iam.gserviceaccount.com")),
        grant({ member: secretValue("serviceAccount:hunter2@acme.iam.gserviceaccount.com") }),
      ],
    },
  ],
  absent: [
    { title: "nothing that runs", resources: [grant({ member: MEMBER })] },
    { title: "no account, which is the default one", resources: [service(undefined), grant({ member: MEMBER })] },
  ],
};
