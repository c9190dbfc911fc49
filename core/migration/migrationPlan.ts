import { type API_VERSION } from "../lifecycle/familyPolicy";

/** How an image gets into Artifact Registry. */
export const MigrationMode = {
  /** Copied once, into a standard repository. */
  Copy: "Copy",
  /** Pulled through a remote repository, which keeps it. */
  Remote: "Remote",
} as const;
export type MigrationMode = (typeof MigrationMode)[keyof typeof MigrationMode];

/** Where the images whose names begin in one way go. Of the rules that fit, the one with the longest prefix holds. */
export interface MigrationRule {
  /** Beginning of canonical names, ending at a slash or the whole name: `docker.io`, `docker.io/library`, `ghcr.io/acme`. */
  prefix: string;
  /** Id of the standard repository in Artifact Registry that images are copied into. */
  repository: string;
  /** What stands between that repository and what follows the prefix; nothing for none. */
  path?: string;
  /**
   * Id of the remote repository that stands in for the registry; nothing where there is none. Its images have the paths
   * that they have in their registry. https://cloud.google.com/artifact-registry/docs/repositories/remote-overview
   */
  remote?: string;
  /** What holds for all its images; nothing where Kiln decides for each. */
  mode?: MigrationMode;
}

/** One image of the plan. */
export interface PlannedImage {
  /** Canonical name with its tag, digest or both; `:latest` is written. */
  source: string;
  /** Whole name in Artifact Registry, with the same tag and digest. What stands here holds, whatever the rules say. */
  destination: string;
  mode: MigrationMode;
  /** Why this mode and this place in the order. */
  reason: string;
  /** Digest that the source had when the plan was made or the copy began; a copy takes this one. */
  digest?: string;
  /** Platforms to copy, as `linux/amd64`; nothing for all. */
  platforms?: string[];
  /**
   * Images of one batch are within one budget of the source's registry.
   * @asType integer
   * @minimum 1
   */
  batch: number;
  /**
   * Places in files that name it.
   * @asType integer
   * @minimum 0
   */
  uses: number;
  /**
   * Containers of running pods that have it; nothing where no pods were read.
   * @asType integer
   * @minimum 0
   */
  running?: number;
  /**
   * Pulls that the logs have of it; nothing where no logs were read.
   * @asType integer
   * @minimum 0
   */
  pulls?: number;
  /** RFC 3339. */
  lastPull?: string;
}

/** Where the repositories of a plan are. */
export interface MigrationPlace {
  /** Region or multi-region. */
  location: string;
  /** Id of the project. */
  project: string;
}

/** What a team reviews before images are copied and files rewritten; the commands that follow read it. */
export interface MigrationPlanDocument {
  apiVersion: typeof API_VERSION;
  kind: "MigrationPlan";
  spec: {
    destination: MigrationPlace;
    rules: MigrationRule[];
    /** In the order in which they are copied: the greatest risk first. */
    images: PlannedImage[];
    /** Sources of the images that files name and no log has a pull of. */
    unused?: string[];
  };
}
