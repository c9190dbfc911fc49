import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN, type Value } from "../value";

const SAYS = "workerConfig.noExternalIp The workers have external addresses";

const pool = (workerConfig: Value, more: Inputs = {}): CaseResource => ({
  type: "gcp:cloudbuild/workerPool:WorkerPool",
  inputs: { location: "europe-west1", workerConfig, ...more },
});

export const cases: RuleCases = {
  good: [{ title: "inside only", resources: [pool({ noExternalIp: true })] }],
  bad: [{ title: "external addresses", resources: [pool({ noExternalIp: false })], says: [SAYS] }],
  unknown: [
    { title: "not known", resources: [pool({ noExternalIp: UNKNOWN })] },
    { title: "nothing of it is known", resources: [pool(UNKNOWN)] },
  ],
  secret: [{ title: "a secret name", resources: [pool(undefined, { name: secretValue("hunter2") })] }],
  absent: [{ title: "nothing is said", resources: [pool(undefined)], says: [SAYS] }],
};
