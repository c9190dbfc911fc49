import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const key = (inputs: Inputs): CaseResource => ({
  type: "gcp:serviceaccount/key:Key",
  inputs: {
    serviceAccountId: "projects/acme-images/serviceAccounts/build@acme-images.iam.gserviceaccount.com",
    ...inputs,
  },
});

const SAYS = "A key is made whose private half lies in the state";

export const cases: RuleCases = {
  good: [{ title: "an uploaded public key", resources: [key({ publicKeyData: "LS0tLS1CRUdJTi…" })] }],
  bad: [
    { title: "a key", resources: [key({ privateKeyType: "TYPE_GOOGLE_CREDENTIALS_FILE" })], says: [SAYS] },
    {
      title: "a key for the interoperable interface of Cloud Storage",
      resources: [
        {
          type: "gcp:storage/hmacKey:HmacKey",
          inputs: { serviceAccountEmail: "build@acme-images.iam.gserviceaccount.com" },
        },
      ],
      says: [SAYS],
    },
  ],
  unknown: [{ title: "whether it is an uploaded one", resources: [key({ publicKeyData: UNKNOWN })] }],
  secret: [{ title: "a secret account", resources: [key({ serviceAccountId: secretValue("hunter2") })] }],
  absent: [{ title: "no public key", resources: [key({})], says: [SAYS] }],
};
