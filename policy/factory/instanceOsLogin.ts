import { type ResourceRule } from "../rule";
import { at } from "../value";
import { inherits, INSTANCES, isTrue, judgeMetadata } from "./instances";

const OS_LOGIN = "enable-oslogin";
const PROJECT = "gcp:compute/projectMetadata:ProjectMetadata";

/** Who logs in is said by IAM. */
export const instanceOsLogin: ResourceRule = {
  id: "factory-instance-os-login",
  what: "Instances, templates and projects let people log in by OS Login, not by keys in metadata.",
  why: "A key in the project's metadata opens every instance of the project, and stays when its owner has left. With OS Login it is IAM that says who logs in, and the audit log that says who did.",
  fix: "Set `metadata` `enable-oslogin` to `TRUE`; `block-project-ssh-keys` is enough for an instance into which nobody logs.",
  severity: "medium",
  level: "advisory",
  link: "https://cloud.google.com/compute/docs/oslogin",
  checkov: ["CKV_GCP_32", "CKV_GCP_33", "CKV_GCP_34"],
  types: [...INSTANCES, PROJECT],
  check: (resource) =>
    judgeMetadata(resource, OS_LOGIN, (flag) => {
      if (flag === false) return "OS Login is turned off.";
      const blocked = isTrue(at(resource.inputs, "metadata.block-project-ssh-keys"));
      if (flag === true || blocked || inherits(resource)) return undefined;
      return "The project's keys open this instance unless the project itself has OS Login.";
    }),
};
