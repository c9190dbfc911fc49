import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { UNKNOWN, type Value } from "../value";
import { INSTANCES } from "./instances";

const SAYS = "metadata.serial-port-enable The serial console is open";

const instance = (metadata: Value, type = INSTANCES[0]): CaseResource => ({ type, inputs: { metadata } });

export const cases: RuleCases = {
  good: [{ title: "off", resources: [instance({ "serial-port-enable": "FALSE" })] }],
  bad: [
    ...INSTANCES.map((type) => ({
      title: `on in ${type}`,
      resources: [instance({ "serial-port-enable": "TRUE" }, type)],
      says: [SAYS],
    })),
    { title: "on, as a number", resources: [instance({ "serial-port-enable": "1" })], says: [SAYS] },
    { title: "on, as no text", resources: [instance({ "serial-port-enable": true })], says: [SAYS] },
  ],
  unknown: [{ title: "not known", resources: [instance({ "serial-port-enable": UNKNOWN })] }],
  secret: [{ title: "a secret beside it", resources: [instance({ other: secretValue("hunter2") })] }],
  absent: [{ title: "no metadata", resources: [instance(undefined)] }],
};
