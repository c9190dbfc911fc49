import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";
import { BUCKET } from "./buckets";

const SAYS = "versioning.enabled This bucket keeps no older versions";

const bucket = (inputs: Inputs): CaseResource => ({ type: BUCKET, inputs: { location: "EU", ...inputs } });

export const cases: RuleCases = {
  good: [{ title: "versions", resources: [bucket({ versioning: { enabled: true } })] }],
  bad: [{ title: "no versions", resources: [bucket({ versioning: { enabled: false } })], says: [SAYS] }],
  unknown: [
    { title: "not known", resources: [bucket({ versioning: { enabled: UNKNOWN } })] },
    { title: "nothing of it is known", resources: [bucket({ versioning: UNKNOWN })] },
  ],
  secret: [{ title: "a secret name", resources: [bucket({ name: secretValue("hunter2") })] }],
  absent: [{ title: "nothing is said", resources: [bucket({})], says: [SAYS] }],
};
