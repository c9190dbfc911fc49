import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const member = (name: Inputs[string]): CaseResource => ({
  type: "gcp:projects/iAMMember:IAMMember",
  inputs: { project: "acme-images", role: "roles/storage.objectViewer", member: name },
});
const template = (inputs: Inputs): CaseResource => ({
  type: "gcp:compute/instanceTemplate:InstanceTemplate",
  inputs: {
    machineType: "e2-small",
    disks: [{ sourceImage: "projects/acme-images/global/images/family/web" }],
    ...inputs,
  },
});

const cluster = (inputs: Inputs): CaseResource => ({ type: "gcp:container/cluster:Cluster", inputs });
const nodePool = (nodeConfig: Inputs[string]): CaseResource => ({
  type: "gcp:container/nodePool:NodePool",
  inputs: { cluster: "shop", nodeConfig },
});

const OWN = "web@acme-shop.iam.gserviceaccount.com";
const GRANTED = "member A default service account is granted this role";
const NODES = "nodeConfig.serviceAccount The nodes run as the default service account";
const RUNS = "serviceAccount.email The instances run as the default service account";

export const cases: RuleCases = {
  good: [
    {
      title: "an account of its own",
      resources: [template({ serviceAccount: { email: OWN, scopes: ["cloud-platform"] } })],
    },
    { title: "a grant to an account of its own", resources: [member(`serviceAccount:${OWN}`)] },
    { title: "nodes with an account of their own", resources: [nodePool({ serviceAccount: OWN })] },
    {
      title: "a cluster without nodes of its own",
      resources: [
        cluster({ enableAutopilot: true }),
        cluster({ removeDefaultNodePool: true, initialNodeCount: 1 }),
        cluster({ nodePools: [{ nodeConfig: { serviceAccount: OWN } }] }),
      ],
    },
    { title: "a group", resources: [member("group:developers@acme.example")] },
    {
      title: "a service agent of Google's",
      resources: [member("serviceAccount:123456789012@cloudservices.gserviceaccount.com")],
    },
  ],
  bad: [
    {
      title: "a block without an account",
      resources: [template({ serviceAccount: { scopes: ["cloud-platform"] } })],
      says: [RUNS],
    },
    {
      title: "a grant to Compute Engine's",
      resources: [member("serviceAccount:123456789012-compute@developer.gserviceaccount.com")],
      says: [GRANTED],
    },
    {
      title: "a grant to App Engine's",
      resources: [member("serviceAccount:acme-images@appspot.gserviceaccount.com")],
      says: [GRANTED],
    },
    {
      title: "an instance that names the default account",
      resources: [
        {
          type: "gcp:compute/instance:Instance",
          inputs: { serviceAccount: { email: "123456789012-compute@developer.gserviceaccount.com" } },
        },
      ],
      says: [RUNS],
    },
    {
      title: "an instance of a machine image, and a whole name",
      resources: [
        {
          type: "gcp:compute/instanceFromMachineImage:InstanceFromMachineImage",
          inputs: { serviceAccount: { scopes: ["cloud-platform"] } },
        },
        template({
          serviceAccount: {
            email: "projects/acme/serviceAccounts/123456789012-compute@developer.gserviceaccount.com",
          },
        }),
      ],
      says: [RUNS, RUNS],
    },
    { title: "nodes of a pool", resources: [nodePool({ machineType: "e2-small" })], says: [NODES] },
    {
      title: "nodes of clusters",
      resources: [
        cluster({ initialNodeCount: 1, nodeConfig: { serviceAccount: "default" } }),
        cluster({ nodePools: [{ nodeConfig: { serviceAccount: OWN } }, {}] }),
      ],
      says: [NODES, `nodePools[1].${NODES}`],
    },
  ],
  unknown: [
    { title: "the account of nodes", resources: [nodePool({ serviceAccount: UNKNOWN })] },
    { title: "whether a cluster has nodes", resources: [cluster({ enableAutopilot: UNKNOWN })] },
    { title: "the pools of a cluster", resources: [cluster({ nodePools: UNKNOWN })] },
    { title: "the account", resources: [template({ serviceAccount: { email: UNKNOWN } })] },
    { title: "the member", resources: [member(UNKNOWN)] },
    { title: "whether there is an account", resources: [template({ serviceAccount: UNKNOWN })] },
  ],
  secret: [{ title: "a secret account", resources: [template({ serviceAccount: { email: secretValue("hunter2") } })] }],
  absent: [
    { title: "no account at all", resources: [template({})] },
    { title: "no account of nodes", resources: [nodePool(undefined), cluster({})], says: [NODES, NODES] },
  ],
};
