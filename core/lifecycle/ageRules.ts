import { seconds } from "../durations";
import { type LifecycleMode, type LifecyclePolicy } from "./familyPolicy";
import { type ProjectLifecyclePolicy } from "./projectPolicy";

/** A policy as the decisions need it; waits in milliseconds. */
export interface AgeRules {
  /** Without it newer images supersede nothing. */
  deprecateAfter?: number;
  obsoleteAfter?: number;
  deleteAfter?: number;
  /** Whether dates count as somebody wrote them, rather than from the date of the deprecation. */
  datesAsWritten: boolean;
  /** Whether somebody may count on the newest active image to stay. */
  keepsNewest: boolean;
  retainAtLeast: number;
  protectInUse: boolean;
  mode: LifecycleMode;
  excludeLabels: Record<string, string>;
  /** What all images under the policy share. */
  deletions: { left: number; readonly most: number };
}

/** The rules of a family's policy. */
export function rulesOfFamily(policy: LifecyclePolicy): AgeRules {
  const { retainAtLeast, protectInUse, mode, excludeLabels, maxDeletesPerRun } = policy;
  return {
    deprecateAfter: milliseconds(policy.deprecateAfter),
    obsoleteAfter: milliseconds(policy.obsoleteAfter),
    deleteAfter: milliseconds(policy.deleteAfter),
    datesAsWritten: false,
    keepsNewest: true,
    ...{ retainAtLeast, protectInUse, mode, excludeLabels },
    deletions: { left: maxDeletesPerRun, most: maxDeletesPerRun },
  };
}

/** The rules for images that no family policy speaks of, by their family; none where nobody acts on them. */
export function rulesOfProject(policy: ProjectLifecyclePolicy): (family: string) => AgeRules | undefined {
  const { honourTimestamps, protectInUse, mode, excludeLabels, maxDeletesPerRun } = policy;
  if (!honourTimestamps) return () => undefined;
  const deletions = { left: maxDeletesPerRun, most: maxDeletesPerRun };
  const rules = { datesAsWritten: true, protectInUse, mode, excludeLabels, deletions };
  return (family) => ({ ...rules, keepsNewest: family !== "", retainAtLeast: family === "" ? 0 : 1 });
}

function milliseconds(duration: string | undefined): number | undefined {
  return duration === undefined ? undefined : seconds(duration) * 1000;
}
