import { type Finding, type ResourceRule } from "../rule";
import { at, entries, UNKNOWN, type Value } from "../value";
import { INSTANCES } from "./instances";

const ACCESS = ["accessConfigs", "ipv6AccessConfigs"];

/** Instances are not reached from the internet. */
export const instanceExternalAddress: ResourceRule = {
  id: "factory-instance-external-address",
  what: "Instances and templates have no external address.",
  why: "An external address lets the internet try every port that a firewall rule forgot. Build instances reach what they need through Cloud NAT and Private Google Access, and people reach them through Identity-Aware Proxy.",
  fix: "Leave `accessConfigs` and `ipv6AccessConfigs` out of each of the `networkInterfaces`.",
  severity: "high",
  level: "advisory",
  link: "https://cloud.google.com/compute/docs/ip-addresses",
  checkov: ["CKV_GCP_40"],
  types: INSTANCES,
  check: ({ inputs }) => entries(inputs.networkInterfaces).flatMap(judged),
};

function judged(networkInterface: Value, index: number): Finding[] {
  const place = `networkInterfaces[${index}]`;
  if (networkInterface === UNKNOWN) return [{ path: place, cannotTell: true }];
  return ACCESS.flatMap((name): Finding[] => {
    const configs = at(networkInterface, name);
    const path = `${place}.${name}`;
    if (configs === UNKNOWN) return [{ path, cannotTell: true }];
    return entries(configs).length === 0 ? [] : [{ path, violation: "The internet reaches this instance." }];
  });
}
