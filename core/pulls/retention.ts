import { duration, seconds } from "../durations";
import { all, type Rule, shapedLike, shown } from "../rules";

/**
 * More than a year, so that jobs that run once a year pull within it before an image counts as unused; rows of pulls are
 * too few and too small for their storage to matter.
 */
export const DEFAULT_RETENTION = "400d";

const DAY_SECONDS = 86_400;
/** As many partitions as BigQuery lets a table have. https://cloud.google.com/bigquery/quotas#partitioned_tables */
const MOST_PARTITIONS = 10_000;

/** A rule for how long pulls are kept, in a table with a partition a day. */
export const retention: Rule<string> = all(duration, (value) => {
  const days = seconds(value) / DAY_SECONDS;
  return days >= 1 && days <= MOST_PARTITIONS
    ? undefined
    : `must be from 1d to ${MOST_PARTITIONS}d, since the table has a partition a day, got ${shown(value)}`;
});

/** Retention as BigQuery takes it. */
export function expirationMs(text: string): number {
  return seconds(text) * 1000;
}

/** A rule for where BigQuery has datasets, in the case in which it answers. https://cloud.google.com/bigquery/docs/locations */
export const datasetLocation: Rule<string> = shapedLike(
  /^([a-z]+-[a-z]+[0-9]{1,2}|US|EU)$/,
  "a region such as europe-west1, or US or EU",
);
