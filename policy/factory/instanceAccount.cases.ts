import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { UNKNOWN, type Value } from "../value";
import { INSTANCES } from "./instances";

const SAYS = "serviceAccount.email The instance runs as the default account";
const SCOPES = ["cloud-platform"];

const instance = (serviceAccount: Value, type = INSTANCES[0]): CaseResource => ({
  type,
  inputs: { machineType: "e2-small", serviceAccount },
});

export const cases: RuleCases = {
  good: [
    {
      title: "an account of its own",
      resources: [instance({ email: "builder@acme-images.iam.gserviceaccount.com", scopes: SCOPES })],
    },
  ],
  bad: [
    ...INSTANCES.map((type) => ({
      title: `the default account in ${type}`,
      resources: [instance({ email: "123456789012-compute@developer.gserviceaccount.com", scopes: SCOPES }, type)],
      says: [SAYS],
    })),
    { title: "the default account by its short name", resources: [instance({ email: "default" })], says: [SAYS] },
  ],
  unknown: [
    { title: "an account that is created first", resources: [instance({ email: UNKNOWN, scopes: SCOPES })] },
    { title: "nothing of it is known", resources: [instance(UNKNOWN)] },
  ],
  secret: [{ title: "a secret account", resources: [instance({ email: secretValue("hunter2@example.com") })] }],
  absent: [
    { title: "no account", resources: [instance(undefined)] },
    { title: "scopes alone", resources: [instance({ scopes: SCOPES })], says: [SAYS] },
  ],
};
