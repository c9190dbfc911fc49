import { type ResourceRule } from "../rule";
import { at, UNKNOWN } from "../value";
import { inherits, isTrue, judgeMetadata, metadataOf, WITH_METADATA } from "./instances";

const OS_LOGIN = "enable-oslogin";
const BLOCK = "block-project-ssh-keys";

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
  types: WITH_METADATA,
  check: (resource) =>
    judgeMetadata(resource, OS_LOGIN, (flag, path) => {
      if (flag === false) return [{ path, violation: "OS Login is turned off." }];
      const { values, pathOf } = metadataOf(resource);
      const blocked = at(values, BLOCK);
      if (flag === true || isTrue(blocked) || inherits(resource)) return [];
      if (blocked === UNKNOWN) return [{ path: pathOf(BLOCK), cannotTell: true }];
      return [{ path, violation: "The project's keys open this instance unless the project itself has OS Login." }];
    }),
};
