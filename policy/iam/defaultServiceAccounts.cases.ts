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

const OWN = "web@acme-shop.iam.gserviceaccount.com";
const GRANTED = "member A default service account is granted this role";
const RUNS = "serviceAccount.email The instances run as the default service account";

export const cases: RuleCases = {
  good: [
    {
      title: "an account of its own",
      resources: [template({ serviceAccount: { email: OWN, scopes: ["cloud-platform"] } })],
    },
    { title: "a grant to an account of its own", resources: [member(`serviceAccount:${OWN}`)] },
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
  ],
  unknown: [
    { title: "the account", resources: [template({ serviceAccount: { email: UNKNOWN } })] },
    { title: "the member", resources: [member(UNKNOWN)] },
    { title: "whether there is an account", resources: [template({ serviceAccount: UNKNOWN })] },
  ],
  secret: [{ title: "a secret account", resources: [template({ serviceAccount: { email: secretValue("hunter2") } })] }],
  absent: [{ title: "no account at all", resources: [template({})] }],
};
