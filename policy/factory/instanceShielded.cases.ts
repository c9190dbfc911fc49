import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN, type Value } from "../value";
import { INSTANCES } from "./instances";

const SAYS = "shieldedInstanceConfig.enableSecureBoot A protection of Shielded VM is off";

const instance = (shieldedInstanceConfig: Value, type = INSTANCES[0], more: Inputs = {}): CaseResource => ({
  type,
  inputs: { ...more, shieldedInstanceConfig },
});

export const cases: RuleCases = {
  good: [
    { title: "Secure Boot", resources: [instance({ enableSecureBoot: true })] },
    {
      title: "all of it",
      resources: [instance({ enableSecureBoot: true, enableVtpm: true, enableIntegrityMonitoring: true })],
    },
  ],
  bad: [
    ...INSTANCES.map((type) => ({
      title: `no Secure Boot in ${type}`,
      resources: [instance({ enableSecureBoot: false }, type)],
      says: [SAYS],
    })),
    {
      title: "no virtual TPM",
      resources: [instance({ enableSecureBoot: true, enableVtpm: false, enableIntegrityMonitoring: false })],
      says: ["shieldedInstanceConfig.enableVtpm", "shieldedInstanceConfig.enableIntegrityMonitoring"],
    },
  ],
  unknown: [
    { title: "Secure Boot", resources: [instance({ enableSecureBoot: UNKNOWN })] },
    { title: "nothing of it is known", resources: [instance(UNKNOWN)] },
  ],
  secret: [{ title: "a secret name", resources: [instance(undefined, undefined, { name: secretValue("hunter2") })] }],
  absent: [
    { title: "nothing is said", resources: [instance(undefined)], says: [SAYS] },
    { title: "nothing is said beside a template", resources: [instance(undefined, INSTANCES.at(-1))] },
  ],
};
