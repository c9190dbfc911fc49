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
  /** Id of the repository in Artifact Registry. */
  repository: string;
  /** What stands between the repository and the rest of the name; nothing for none. */
  path?: string;
  mode: MigrationMode;
}

/** One image of the plan. */
export interface PlannedImage {
  /** Canonical name with its tag, digest or both. */
  source: string;
  /** Whole name in Artifact Registry, with the same tag or digest. */
  destination: string;
  mode: MigrationMode;
  /** Why this mode and this place in the order. */
  reason: string;
  /** Digest that the source had when the plan was made or the copy began; a copy takes this one. */
  digest?: string;
  /** Platforms to copy, as `linux/amd64`; nothing for all. */
  platforms?: string[];
  /**
   * From 1; images of one batch are within one budget of the source's registry.
   * @asType integer
   */
  batch: number;
  /**
   * Places in files that name it.
   * @asType integer
   */
  uses: number;
  /**
   * Pulls that the logs have of it; nothing where no logs were read.
   * @asType integer
   */
  pulls?: number;
  /** RFC 3339. */
  lastPull?: string;
}

/** What a team reviews before images are copied and files rewritten; the commands that follow read it. */
export interface MigrationPlanDocument {
  apiVersion: typeof API_VERSION;
  kind: "MigrationPlan";
  spec: {
    /** Where the repositories are. */
    destination: {
      /** Region or multi-region. */
      location: string;
      project: string;
    };
    rules: MigrationRule[];
    images: PlannedImage[];
    /** Images that files name and no log has a pull of. */
    unused?: string[];
  };
}
