import { labels } from "../names";
import { oneOf, type Rule, trueOrFalse, wholeBetween } from "../rules";
import { type API_VERSION, LifecycleMode } from "./familyPolicy";

/** What is done about images that no family policy speaks of. */
export interface ProjectLifecyclePolicy {
  /** Whether dates that somebody set by hand, as `gcloud compute images deprecate --delete-in` does, are acted on. */
  honourTimestamps: boolean;
  /** Whether images that disks, templates or instance groups use are left alone. */
  protectInUse: boolean;
  /**
   * Most images outside of family policies that one run deletes.
   * @asType integer
   * @minimum 1
   * @maximum 1000
   */
  maxDeletesPerRun: number;
  /** Whether the controller acts or only reports. */
  mode: LifecycleMode;
  /** Images that carry one of these labels with this value are left alone. */
  excludeLabels: Record<string, string>;
}

/** The document that tells the lifecycle controller about images without a family policy. */
export interface ProjectPolicyDocument {
  /** Version of the document. */
  apiVersion: typeof API_VERSION;
  /** Kind of the document. */
  kind: "ProjectPolicy";
  /** What the policy is for. */
  metadata: {
    /** Project that holds the images. */
    project: string;
  };
  /** The policy. */
  spec: ProjectLifecyclePolicy;
}

/** What holds where nothing is said: nobody acts on images that no policy speaks of. */
export const DEFAULT_PROJECT_LIFECYCLE: ProjectLifecyclePolicy = {
  honourTimestamps: false,
  protectInUse: true,
  maxDeletesPerRun: 5,
  mode: LifecycleMode.Enforce,
  excludeLabels: {},
};

/** Rules for the fields of a project's policy, by field. */
export const PROJECT_LIFECYCLE_RULES: {
  [Field in keyof ProjectLifecyclePolicy]: Rule<ProjectLifecyclePolicy[Field]>;
} = {
  honourTimestamps: trueOrFalse,
  protectInUse: trueOrFalse,
  maxDeletesPerRun: wholeBetween(1, 1000, "images a run"),
  mode: oneOf(Object.values(LifecycleMode)),
  excludeLabels: labels,
};

/** Where the policy of the project lies in the factory's bucket. */
export const PROJECT_POLICY_OBJECT = "project.json";
