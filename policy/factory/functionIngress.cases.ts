import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { UNKNOWN, type Value } from "../value";

const SAYS = "ingressSettings The internet reaches this function";

const first = (ingressSettings: Value): CaseResource => ({
  type: "gcp:cloudfunctions/function:Function",
  inputs: { ingressSettings },
});
const second = (serviceConfig: Value): CaseResource => ({
  type: "gcp:cloudfunctionsv2/function:Function",
  inputs: { serviceConfig },
});

export const cases: RuleCases = {
  good: [
    { title: "inside only", resources: [second({ ingressSettings: "ALLOW_INTERNAL_ONLY" })] },
    { title: "through a load balancer", resources: [first("ALLOW_INTERNAL_AND_GCLB")] },
  ],
  bad: [
    { title: "everybody", resources: [second({ ingressSettings: "ALLOW_ALL" })], says: [`serviceConfig.${SAYS}`] },
    { title: "everybody, first generation", resources: [first("ALLOW_ALL")], says: [SAYS] },
  ],
  unknown: [
    { title: "not known", resources: [first(UNKNOWN)] },
    { title: "nothing of the service is known", resources: [second(UNKNOWN)] },
  ],
  secret: [
    { title: "a secret beside it", resources: [second({ environmentVariables: { A: secretValue("hunter2") } })] },
  ],
  absent: [
    { title: "nothing is said", resources: [second({})], says: [SAYS] },
    { title: "nothing is said, first generation", resources: [first(undefined)], says: [SAYS] },
  ],
};
