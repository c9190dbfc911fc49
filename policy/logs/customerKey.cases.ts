import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { UNKNOWN, type Value } from "../value";
import { DATASET } from "./datasets";

const SAYS = "defaultEncryptionConfiguration.kmsKeyName The dataset is encrypted with a key of Google's";

const dataset = (defaultEncryptionConfiguration: Value): CaseResource => ({
  type: DATASET,
  inputs: { datasetId: "pulls", defaultEncryptionConfiguration },
});

export const cases: RuleCases = {
  good: [
    {
      title: "a key",
      resources: [dataset({ kmsKeyName: "projects/acme-keys/locations/eu/keyRings/logs/cryptoKeys/pulls" })],
    },
  ],
  bad: [{ title: "no name", resources: [dataset({ kmsKeyName: "" })], says: [SAYS] }],
  unknown: [
    { title: "a key that is created first", resources: [dataset({ kmsKeyName: UNKNOWN })] },
    { title: "nothing of it is known", resources: [dataset(UNKNOWN)] },
  ],
  secret: [{ title: "a secret name", resources: [dataset({ kmsKeyName: secretValue("hunter2") })] }],
  absent: [{ title: "no key", resources: [dataset(undefined)], says: [SAYS] }],
};
