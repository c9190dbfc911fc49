import { inputCheck } from "../inputCheck";
import { type ResourceRule } from "../rule";

/** Private build workers are private. */
export const buildPool: ResourceRule = {
  id: "factory-build-pool",
  what: "Workers of Cloud Build's private pools have no external address.",
  why: "A private pool is made to build inside one's own network. With an external address its builds reach the whole internet past that network's rules, and whatever a build is talked into sending leaves unseen.",
  fix: "Set `workerConfig.noExternalIp` to true and give the pool a `networkConfig`.",
  severity: "medium",
  level: "advisory",
  link: "https://cloud.google.com/build/docs/private-pools/private-pools-overview",
  checkov: ["CKV_GCP_86"],
  types: ["gcp:cloudbuild/workerPool:WorkerPool"],
  check: inputCheck("workerConfig.noExternalIp", (value) => value === true, "The workers have external addresses."),
};
