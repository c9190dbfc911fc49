import { type ResourceRule } from "../rule";
import { at, entries, UNKNOWN } from "../value";
import { modeOf, REPOSITORY } from "./repositories";

const INPUT = "cleanupPolicies";

/** Repositories delete what is old. */
export const cleanupPolicy: ResourceRule = {
  id: "containers-cleanup-policy",
  what: "Repositories that hold images have a cleanup policy that deletes.",
  why: "Artifact Registry keeps everything for ever unless it is told otherwise: storage is paid for each month, and old images with known flaws can still be deployed. A policy that keeps deletes nothing on its own.",
  fix: "Give `cleanupPolicies` an entry with `action` `DELETE` and a condition such as `olderThan`; try it first with `cleanupPolicyDryRun`.",
  severity: "low",
  level: "advisory",
  link: "https://cloud.google.com/artifact-registry/docs/repositories/cleanup-policy",
  types: [REPOSITORY],
  check: ({ inputs }) => {
    const policies = entries(inputs[INPUT]);
    if (modeOf(inputs) === "VIRTUAL_REPOSITORY" || policies.some((policy) => at(policy, "action") === "DELETE"))
      return [];
    if (modeOf(inputs) === UNKNOWN) return [{ path: "mode", cannotTell: true }];
    if (policies.some((policy) => at(policy, "action") === UNKNOWN)) return [{ path: INPUT, cannotTell: true }];
    return [{ path: INPUT, violation: "No cleanup policy of this repository deletes anything." }];
  },
};
