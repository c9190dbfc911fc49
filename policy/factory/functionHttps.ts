import { inputCheck } from "../inputCheck";
import { type ResourceRule } from "../rule";
import { UNKNOWN } from "../value";

const INPUT = "httpsTriggerSecurityLevel";

const checkLevel = inputCheck(INPUT, (level) => level === "SECURE_ALWAYS", "Plain HTTP is served.");

/** Functions are called over HTTPS. */
export const functionHttps: ResourceRule = {
  id: "factory-function-https",
  what: "Functions of the first generation that are called over HTTP accept HTTPS only.",
  why: "Without it a call over plain HTTP is served, and its token and its content can be read on the way. Functions of the second generation always redirect to HTTPS.",
  fix: `Set \`${INPUT}\` to \`SECURE_ALWAYS\`.`,
  severity: "medium",
  level: "advisory",
  link: "https://cloud.google.com/functions/1stgendocs/writing/write-http-functions",
  checkov: ["CKV2_GCP_10"],
  types: ["gcp:cloudfunctions/function:Function"],
  check: (resource) => {
    const { triggerHttp } = resource.inputs;
    const findings = checkLevel(resource);
    if (findings.length === 0 || triggerHttp === true) return findings;
    return triggerHttp === UNKNOWN ? [{ path: "triggerHttp", cannotTell: true }] : [];
  },
};
