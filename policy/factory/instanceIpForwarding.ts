import { inputCheck } from "../inputCheck";
import { type ResourceRule } from "../rule";
import { INSTANCES } from "./instances";

/** Instances send what is their own. */
export const instanceIpForwarding: ResourceRule = {
  id: "factory-instance-ip-forwarding",
  what: "Instances and templates forward no packets of others.",
  why: "An instance that forwards may send under any address and receive what is meant for others, so that whoever gets into it can pose as its neighbours. Routers and VPN gateways need it; build instances do not.",
  fix: "Leave `canIpForward` out or set it to false.",
  severity: "medium",
  level: "mandatory",
  link: "https://cloud.google.com/vpc/docs/using-routes#canipforward",
  checkov: ["CKV_GCP_36"],
  types: INSTANCES,
  check: inputCheck("canIpForward", (value) => value !== true, "The instance forwards packets of others."),
};
