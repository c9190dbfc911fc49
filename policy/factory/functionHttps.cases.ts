import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const SAYS = "httpsTriggerSecurityLevel Plain HTTP is served";

const called = (inputs: Inputs): CaseResource => ({
  type: "gcp:cloudfunctions/function:Function",
  inputs: { runtime: "nodejs22", triggerHttp: true, ...inputs },
});

export const cases: RuleCases = {
  good: [
    { title: "HTTPS", resources: [called({ httpsTriggerSecurityLevel: "SECURE_ALWAYS" })] },
    {
      title: "HTTPS, called or not",
      resources: [called({ triggerHttp: UNKNOWN, httpsTriggerSecurityLevel: "SECURE_ALWAYS" })],
    },
    { title: "a function that events trigger", resources: [called({ triggerHttp: false })] },
  ],
  bad: [{ title: "both", resources: [called({ httpsTriggerSecurityLevel: "SECURE_OPTIONAL" })], says: [SAYS] }],
  unknown: [
    { title: "the level", resources: [called({ httpsTriggerSecurityLevel: UNKNOWN })] },
    { title: "whether it is called", resources: [called({ triggerHttp: UNKNOWN })] },
  ],
  secret: [{ title: "a secret level", resources: [called({ httpsTriggerSecurityLevel: secretValue("hunter2") })] }],
  absent: [
    { title: "nothing is said", resources: [called({})], says: [SAYS] },
    { title: "neither level nor trigger", resources: [called({ triggerHttp: undefined })] },
  ],
};
