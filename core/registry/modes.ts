/** Where the images of a repository come from. */
export const RepositoryMode = {
  /** They are pushed. */
  Standard: "STANDARD_REPOSITORY",
  /** They are fetched from another registry and kept. */
  Remote: "REMOTE_REPOSITORY",
  /** They are served from other repositories. */
  Virtual: "VIRTUAL_REPOSITORY",
} as const;
export type RepositoryMode = (typeof RepositoryMode)[keyof typeof RepositoryMode];

const HOLDS_NOTHING =
  "must be left out of a virtual repository, which holds no images; give it to the repositories behind it";

/** What a repository of a mode cannot have, and why. https://cloud.google.com/artifact-registry/docs/repositories */
const REFUSALS: Record<RepositoryMode, Record<string, string>> = {
  [RepositoryMode.Standard]: {},
  [RepositoryMode.Remote]: {
    immutableTags: "must be left out of a remote repository, whose tags move as those of the upstream do",
    writers: "must be left out of a remote repository, to which nothing can be pushed",
  },
  [RepositoryMode.Virtual]: {
    immutableTags: HOLDS_NOTHING,
    cleanup: HOLDS_NOTHING,
    cleanupDryRun: HOLDS_NOTHING,
    vulnerabilityScanning: HOLDS_NOTHING,
    writers: "must be left out of a virtual repository, to which nothing can be pushed",
  },
};

/** What is refused of the inputs of a repository because of its mode, by input. What is false or not given passes. */
export function refusedByMode(mode: RepositoryMode, given: object): [input: string, reason: string][] {
  const inputs = given as Record<string, unknown>;
  return Object.entries(REFUSALS[mode]).filter(([input]) => inputs[input] !== undefined && inputs[input] !== false);
}
