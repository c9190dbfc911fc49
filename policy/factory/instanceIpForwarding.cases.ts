import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";
import { INSTANCES } from "./instances";

const SAYS = "canIpForward The instance forwards packets of others";

const instance = (inputs: Inputs, type = INSTANCES[0]): CaseResource => ({ type, inputs });

export const cases: RuleCases = {
  good: [{ title: "no forwarding", resources: [instance({ canIpForward: false })] }],
  bad: INSTANCES.map((type) => ({
    title: `forwarding in ${type}`,
    resources: [instance({ canIpForward: true }, type)],
    says: [SAYS],
  })),
  unknown: [{ title: "not known", resources: [instance({ canIpForward: UNKNOWN })] }],
  secret: [{ title: "a secret name", resources: [instance({ name: secretValue("hunter2") })] }],
  absent: [{ title: "nothing is said", resources: [instance({})] }],
};
