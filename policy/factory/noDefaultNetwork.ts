import { inputCheck } from "../inputCheck";
import { type ResourceRule } from "../rule";

/** Projects have no default network. */
export const noDefaultNetwork: ResourceRule = {
  id: "factory-no-default-network",
  what: "Projects are created without the default network.",
  why: "The default network has a subnet in every region and lets SSH and RDP in from everywhere. Build instances belong into a network whose rules the program says.",
  fix: "Set `autoCreateNetwork` to false.",
  severity: "medium",
  level: "mandatory",
  link: "https://cloud.google.com/vpc/docs/vpc#default-network",
  checkov: ["CKV_GCP_27"],
  types: ["gcp:organizations/project:Project"],
  check: inputCheck("autoCreateNetwork", (value) => value === false, "The project gets the default network."),
};
