import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { UNKNOWN, type Value } from "../value";
import { REPOSITORY } from "./repositories";

const SAYS = "kmsKeyName The repository is encrypted with a key of Google's";

const repository = (kmsKeyName: Value): CaseResource => ({
  type: REPOSITORY,
  inputs: { format: "DOCKER", kmsKeyName },
});

export const cases: RuleCases = {
  good: [
    {
      title: "a key",
      resources: [repository("projects/acme-keys/locations/europe-west1/keyRings/images/cryptoKeys/registry")],
    },
  ],
  bad: [{ title: "no name", resources: [repository("")], says: [SAYS] }],
  unknown: [{ title: "a key that is created first", resources: [repository(UNKNOWN)] }],
  secret: [{ title: "a secret name", resources: [repository(secretValue("hunter2"))] }],
  absent: [{ title: "no key", resources: [repository(undefined)], says: [SAYS] }],
};
