import { duration, seconds } from "../durations";
import { all, type Rule, shapedLike, shown, wholeBetween } from "../rules";

/** What of the tagged versions of a repository is deleted. */
export interface TaggedCleanup {
  /** A version with a tag that begins with one of these is meant. */
  tagPrefixes: string[];
  /** Age from which it is deleted, as `14d`. */
  olderThan: string;
}

/** What is kept and what is deleted, as people say it. */
export interface CleanupSpec {
  /** How many versions of each image are kept. */
  keepNewest?: number;
  /** Versions with a tag that begins with one of these are kept. */
  keepTagPrefixes?: string[];
  /** Age from which versions without a tag are deleted. */
  deleteUntaggedAfter?: string;
  /** Age from which versions are deleted, with or without a tag. */
  deleteOlderThan?: string;
  /** Tagged versions that are deleted, by a name of one's choice. */
  deleteTagged?: Record<string, TaggedCleanup>;
}

/** Conditions of a policy; what is left out matches everything. */
export interface CleanupCondition {
  /** Whether versions with, without or with and without a tag are meant. */
  tagState: "TAGGED" | "UNTAGGED" | "ANY";
  /** Beginnings of tags. */
  tagPrefixes?: string[];
  /** Least age, in seconds as `604800s`. */
  olderThan?: string;
}

/** A cleanup policy as Artifact Registry takes it. https://cloud.google.com/artifact-registry/docs/repositories/cleanup-policy */
export interface CleanupPolicy {
  /** Names the policy within the repository; stays when others come and go. */
  id: string;
  /** What happens to the versions that match; keeping wins over deleting. */
  action: "KEEP" | "DELETE";
  /** Which versions match. */
  condition?: CleanupCondition;
  /** How many versions of each image match, in place of a condition. */
  mostRecentVersions?: { keepCount: number };
}

/** As many as Artifact Registry takes for one repository. https://cloud.google.com/artifact-registry/docs/repositories/cleanup-policy-overview */
const MOST_POLICIES = 10;

/** Artifact Registry cleans up about once a day; what is younger may belong to a push that is still under way. */
const LEAST_AGE_SECONDS = 86_400;

/** The policies that say the same, in an order that does not depend on the order of the inputs. */
export function cleanupPolicies(spec: CleanupSpec): CleanupPolicy[] {
  const { keepNewest, keepTagPrefixes, deleteUntaggedAfter, deleteOlderThan } = spec;
  const policies: (CleanupPolicy | undefined)[] = [
    keepNewest === undefined
      ? undefined
      : { id: "keep-newest", action: "KEEP", mostRecentVersions: { keepCount: keepNewest } },
    keepTagPrefixes && {
      id: "keep-tags",
      action: "KEEP",
      condition: { tagState: "TAGGED", tagPrefixes: keepTagPrefixes },
    },
    deletion("delete-untagged", deleteUntaggedAfter, { tagState: "UNTAGGED" }),
    deletion("delete-older", deleteOlderThan, { tagState: "ANY" }),
    ...Object.entries(spec.deleteTagged ?? {})
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, { tagPrefixes, olderThan }]) =>
        deletion(`delete-tagged-${key}`, olderThan, { tagState: "TAGGED", tagPrefixes }),
      ),
  ];
  return policies.filter((policy) => policy !== undefined);
}

/** A rule for how many versions are kept. */
export const keepNewest: Rule<number> = wholeBetween(1, 10_000, "versions of each image");

/** A rule for the age from which something is deleted. */
export const cleanupAge: Rule<string> = all(duration, (value) =>
  seconds(value) >= LEAST_AGE_SECONDS
    ? undefined
    : `must be at least 1d, since Artifact Registry cleans up about once a day, got ${shown(value)}`,
);

/** A rule for the beginning of a tag. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
export const tagPrefix: Rule<string> = shapedLike(
  /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/,
  "the beginning of a tag such as release- or v",
);

/** A rule for what is said at all, whatever the values: something must be deleted, by policies that are not too many. */
export const cleanupShape: Rule<object> = (value) => {
  const spec: Partial<Record<keyof CleanupSpec, unknown>> = value;
  const tagged = Object.keys(spec.deleteTagged ?? {}).length;
  const said = (field: keyof CleanupSpec) => (spec[field] === undefined ? 0 : 1);
  const deletions = said("deleteUntaggedAfter") + said("deleteOlderThan") + tagged;
  if (deletions === 0)
    return "must say what is deleted: add deleteUntaggedAfter, deleteOlderThan or deleteTagged, since what is kept only excepts from those";
  const policies = deletions + said("keepNewest") + said("keepTagPrefixes");
  return policies <= MOST_POLICIES
    ? undefined
    : `must make at most ${MOST_POLICIES} policies, as many as Artifact Registry takes for a repository, got ${policies}; put prefixes of one age into one entry of deleteTagged`;
};

/**
 * What of the cleanup is refused of a repository with immutable tags, of which Artifact Registry deletes no tagged image.
 * https://cloud.google.com/artifact-registry/docs/repositories/update-repo-settings
 */
export function refusedByImmutableTags(given: object): [input: string, reason: string][] {
  const spec: Partial<Record<keyof CleanupSpec, unknown>> = given;
  return (["deleteOlderThan", "deleteTagged"] as const)
    .filter((input) => spec[input] !== undefined)
    .map((input) => [
      input,
      "must be left out with immutableTags, with which no tagged image can be deleted; say deleteUntaggedAfter alone",
    ]);
}

function deletion(id: string, age: string | undefined, condition: CleanupCondition): CleanupPolicy | undefined {
  return age === undefined
    ? undefined
    : { id, action: "DELETE", condition: { ...condition, olderThan: `${seconds(age)}s` } };
}
