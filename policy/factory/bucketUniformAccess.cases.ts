import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";
import { BUCKET } from "./buckets";

const SAYS = "uniformBucketLevelAccess Objects of this bucket have access lists of their own";

const bucket = (inputs: Inputs): CaseResource => ({ type: BUCKET, inputs: { location: "EU", ...inputs } });

export const cases: RuleCases = {
  good: [{ title: "uniform access", resources: [bucket({ uniformBucketLevelAccess: true })] }],
  bad: [{ title: "lists", resources: [bucket({ uniformBucketLevelAccess: false })], says: [SAYS] }],
  unknown: [{ title: "not known", resources: [bucket({ uniformBucketLevelAccess: UNKNOWN })] }],
  secret: [{ title: "a secret name", resources: [bucket({ name: secretValue("hunter2") })] }],
  absent: [{ title: "nothing is said", resources: [bucket({})], says: [SAYS] }],
};
