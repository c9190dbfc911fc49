import { type ActionKind, type RefusalRule } from "./action";
import { type API_VERSION, type LifecycleMode } from "./familyPolicy";
import { type Image, isActive } from "./image";
import { type PolicyProblem } from "./readPolicy";

/** How a run ended. */
export const RunOutcome = {
  /** All that was due was done, refused for a reason, or only reported where the mode says so. */
  Succeeded: "Succeeded",
  /** A policy was refused, an image given up, or the run itself broke off. */
  Failed: "Failed",
  /** Time ran out; the next run goes on with what is left. */
  Incomplete: "Incomplete",
  /** Another run was at work. */
  Skipped: "Skipped",
} as const;
export type RunOutcome = (typeof RunOutcome)[keyof typeof RunOutcome];

/** What became of an action. */
export const ActionOutcome = {
  Done: "done",
  /** The mode is `Report`. */
  Reported: "reported",
  /** The image, or its use, was another than when the plan was made: the next run decides anew. */
  Changed: "changed",
  /** Somebody else had deleted the image. */
  Gone: "gone",
  /** It failed, and nothing more was tried. */
  Failed: "failed",
  /** Not begun: the time was up, the lease lost, or what it builds on failed. */
  Left: "left",
} as const;
export type ActionOutcome = (typeof ActionOutcome)[keyof typeof ActionOutcome];

/** One action of a run and what became of it. */
export interface ActionRow {
  kind: ActionKind;
  image: string;
  family?: string;
  mode: LifecycleMode;
  /** Why it was due. */
  reason: string;
  outcome: ActionOutcome;
  /** What went wrong, or what had changed. */
  message?: string;
}

/** One thing that a run did not do, and why. */
export interface RefusalRow {
  rule: RefusalRule;
  /** What was due. */
  wanted?: ActionKind;
  image: string;
  family?: string;
  reason: string;
}

/** Counts of a run; the body of the function's answer holds them too. */
export interface RunSummary {
  /** Number of the run. */
  run: string;
  project: string;
  outcome: RunOutcome;
  /** In one sentence. */
  message: string;
  /** RFC 3339. */
  startedAt: string;
  /** RFC 3339. */
  endedAt: string;
  /**
   * Images of the project.
   * @asType integer
   */
  images: number;
  /** How many actions had which outcome. */
  actions: Partial<Record<ActionOutcome, number>>;
  /** @asType integer */
  refusals: number;
  /**
   * Problems of policies.
   * @asType integer
   */
  problems: number;
}

/** What a run of the lifecycle controller decided and did; an object in the factory's bucket. */
export interface LifecycleReportDocument {
  /** Version of the document. */
  apiVersion: typeof API_VERSION;
  /** Kind of the document. */
  kind: "LifecycleReport";
  summary: RunSummary;
  /** What is wrong with policies. */
  problems: PolicyProblem[];
  /** What broke the run off. */
  errors: string[];
  /** Families with a policy whose name stands for no image, since none of theirs is active. */
  familiesWithoutActiveImage: string[];
  /** What could not be looked at; any image may be used there. */
  unread: string[];
  actions: ActionRow[];
  refusals: RefusalRow[];
}

/** Where the report of a run lies in the factory's bucket. */
export function reportObjectName(run: string, startedAt: number): string {
  const [date] = new Date(startedAt).toISOString().split("T");
  return `lifecycle/reports/${date.replaceAll("-", "/")}/${run}.json`;
}

/** Where the report of the last run lies. */
export const LATEST_REPORT_OBJECT = "lifecycle/reports/latest.json";

/** Families with a policy that have no active image, in the order of their names. */
export function familiesWithoutActiveImage(families: Iterable<string>, images: readonly Image[]): string[] {
  const active = new Set(images.filter(isActive).map(({ family }) => family));
  return [...families].filter((family) => !active.has(family)).sort();
}
