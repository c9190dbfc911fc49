import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { UNKNOWN, type Value } from "../value";
import { BUCKET } from "./buckets";

const SAYS = "publicAccessPrevention This bucket can be made public";

const bucket = (publicAccessPrevention: Value): CaseResource => ({
  type: BUCKET,
  inputs: { location: "EU", publicAccessPrevention },
});

export const cases: RuleCases = {
  good: [{ title: "enforced", resources: [bucket("enforced")] }],
  bad: [
    { title: "inherited from an organization that may not ask for it", resources: [bucket("inherited")], says: [SAYS] },
  ],
  unknown: [{ title: "not known", resources: [bucket(UNKNOWN)] }],
  secret: [{ title: "a secret value", resources: [bucket(secretValue("hunter2"))] }],
  absent: [{ title: "nothing is said", resources: [bucket(undefined)], says: [SAYS] }],
};
