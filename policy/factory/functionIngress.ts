import { inputCheck } from "../inputCheck";
import { type ResourceRule } from "../rule";

/** The input that says from where a function is reached, by type. */
const INGRESS: Record<string, string> = {
  "gcp:cloudfunctions/function:Function": "ingressSettings",
  "gcp:cloudfunctionsv2/function:Function": "serviceConfig.ingressSettings",
};

/** Functions are not reached from the internet. */
export const functionIngress: ResourceRule = {
  id: "factory-function-ingress",
  what: "Functions take calls from inside only.",
  why: "What the factory runs is called by Cloud Scheduler, Pub/Sub and Eventarc, which count as inside. A function that the internet reaches is defended by IAM alone, and one grant too many opens it.",
  fix: "Set `ingressSettings`, for functions of the second generation in `serviceConfig`, to `ALLOW_INTERNAL_ONLY` or `ALLOW_INTERNAL_AND_GCLB`.",
  severity: "medium",
  level: "advisory",
  link: "https://cloud.google.com/functions/docs/networking/network-settings",
  checkov: ["CKV_GCP_124"],
  types: Object.keys(INGRESS),
  check: (resource) =>
    inputCheck(
      INGRESS[resource.type],
      (value) => typeof value === "string" && value !== "ALLOW_ALL",
      "The internet reaches this function.",
    )(resource),
};
