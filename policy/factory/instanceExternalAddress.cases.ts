import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { UNKNOWN, type Value } from "../value";
import { INSTANCES } from "./instances";

const SAYS = "The internet reaches this instance";
const SUBNET = "projects/acme-net/regions/europe-west1/subnetworks/build";

const instance = (networkInterfaces: Value, type = INSTANCES[0]): CaseResource => ({
  type,
  inputs: { networkInterfaces },
});

export const cases: RuleCases = {
  good: [
    { title: "inside only", resources: [instance([{ subnetwork: SUBNET }])] },
    { title: "an empty list", resources: [instance([{ subnetwork: SUBNET, accessConfigs: [] }])] },
  ],
  bad: [
    ...INSTANCES.map((type) => ({
      title: `an address of Google's choice in ${type}`,
      resources: [instance([{ subnetwork: SUBNET, accessConfigs: [{}] }], type)],
      says: [`networkInterfaces[0].accessConfigs ${SAYS}`],
    })),
    {
      title: "an address of IPv6 in the second interface",
      resources: [instance([{}, { ipv6AccessConfigs: [{ networkTier: "PREMIUM" }] }])],
      says: [`networkInterfaces[1].ipv6AccessConfigs ${SAYS}`],
    },
    {
      title: "an address that is reserved first",
      resources: [instance([{ accessConfigs: [{ natIp: UNKNOWN }] }])],
      says: [SAYS],
    },
  ],
  unknown: [
    { title: "the interfaces", resources: [instance(UNKNOWN)] },
    { title: "whether there is an address", resources: [instance([{ accessConfigs: UNKNOWN }])] },
  ],
  secret: [
    { title: "a secret address", resources: [instance([{ accessConfigs: [{ natIp: secretValue("hunter2") }] }])] },
  ],
  absent: [{ title: "no interface", resources: [instance(undefined)] }],
};
