import { DOCKER_HUB } from "../reference/reference";
import { ALL } from "./pullsQuery";
import { sqlText } from "./sqlText";

/** What can be asked about pulls. */
export const PullView = {
  /** How often each image was pulled. */
  Image: "image",
  /** How much was pulled from each registry, day by day. */
  Day: "day",
  /** What each namespace of each cluster pulls. */
  Cluster: "cluster",
  /** Which part of the pulls is third-party. */
  Share: "share",
  /** How close Docker Hub's limits are. */
  Budget: "budget",
  /** Which third-party images are still pulled. */
  Tracker: "tracker",
} as const;
export type PullView = (typeof PullView)[keyof typeof PullView];

/** What a view is made of. */
export interface ViewDefinition {
  /** Name in the dataset. */
  name: string;
  /** For people who find it in BigQuery. */
  description: string;
  /**
   * Its query, in GoogleSQL.
   *
   * @param from the view `pulls`, or a query in brackets in its place.
   * @param now the moment at which it is asked, where it matters.
   */
  readonly sql: (from: string, now?: string) => string;
}

/** Name of the view with one row a pull, from which the others are made. */
export const PULLS_VIEW = "pulls";

/** What that view is, for people. */
export const PULLS_DESCRIPTION = "One row a pull of a container image, with its whole name";

/** Pulls that Docker Hub allows in six hours. https://docs.docker.com/docker-hub/usage/ */
export const HUB_LIMITS = { anonymous: 100, free: 200 } as const;

/** Six hours, in seconds. */
const HUB_WINDOW = 6 * 3600;

/** The views over pulls, by what they answer. */
export const VIEWS: Readonly<Record<PullView, ViewDefinition>> = {
  image: {
    name: "pulls_by_image",
    description: "How often each image was pulled, by whom, and when last",
    sql: (from) => `SELECT
  image,
  registry,
  repository,
  tag,
  digest,
  third_party,
  COUNT(*) AS pulls,
  MIN(time) AS first_pull,
  MAX(time) AS last_pull,
  ARRAY_AGG(DISTINCT cluster IGNORE NULLS ORDER BY cluster) AS clusters,
  ARRAY_AGG(DISTINCT namespace IGNORE NULLS ORDER BY namespace) AS namespaces
FROM ${from}
GROUP BY image, registry, repository, tag, digest, third_party`,
  },
  day: {
    name: "pulls_by_day",
    description: "Pulls of each day (UTC) from each registry",
    sql: (from) => `SELECT
  DATE(time) AS day,
  registry,
  third_party,
  COUNT(*) AS pulls,
  COUNT(DISTINCT image) AS images
FROM ${from}
GROUP BY day, registry, third_party`,
  },
  cluster: {
    name: "pulls_by_cluster",
    description: "Pulls of each namespace of each cluster",
    sql: (from) => `SELECT
  cluster,
  namespace,
  COUNT(*) AS pulls,
  COUNTIF(third_party) AS third_party_pulls,
  COUNT(DISTINCT image) AS images,
  COUNT(DISTINCT IF(third_party, image, NULL)) AS third_party_images,
  MAX(time) AS last_pull,
  MAX(IF(third_party, time, NULL)) AS last_third_party_pull
FROM ${from}
GROUP BY cluster, namespace`,
  },
  share: {
    name: "third_party_share",
    description: `Which part of the pulls is third-party, by day and by week from Monday (UTC), of each cluster and of all (${ALL})`,
    sql: (from) => `SELECT
  span,
  IF(span = 'day', DATE(time), DATE_TRUNC(DATE(time), ISOWEEK)) AS start,
  of_cluster AS cluster,
  COUNT(*) AS pulls,
  COUNTIF(third_party) AS third_party_pulls,
  COUNTIF(third_party) / COUNT(*) AS share
FROM ${from}, UNNEST(['day', 'week']) AS span, UNNEST([cluster, ${sqlText(ALL)}]) AS of_cluster
WHERE image IS NOT NULL
GROUP BY span, start, of_cluster`,
  },
  budget: {
    name: "docker_hub_budget",
    description: `Most pulls from Docker Hub in any six hours against its limits, by egress and for all together (${ALL}); an upper bound, since GKE asks mirror.gcr.io first`,
    sql: budget,
  },
  tracker: {
    name: "cutover_tracker",
    description:
      "Third-party images: the last pull, the last 7 days against the 7 before, and since when they are done",
    sql: tracker,
  },
};

/** Each pull is counted with those of the six hours up to it; those of the same second are one moment. */
function budget(from: string): string {
  return `WITH hub AS (
  SELECT egress, cluster, time, UNIX_SECONDS(time) AS second
  FROM ${from}
  WHERE registry = ${sqlText(DOCKER_HUB)}
),
six_hours AS (
  SELECT egress, cluster, time, COUNT(*) OVER (
    PARTITION BY egress ORDER BY second RANGE BETWEEN ${HUB_WINDOW - 1} PRECEDING AND CURRENT ROW
  ) AS pulls
  FROM hub
  UNION ALL
  SELECT ${sqlText(ALL)}, cluster, time, COUNT(*) OVER (
    ORDER BY second RANGE BETWEEN ${HUB_WINDOW - 1} PRECEDING AND CURRENT ROW
  )
  FROM hub
)
SELECT
  egress,
  account,
  pulls_allowed,
  MAX(pulls) AS most_pulls,
  ARRAY_AGG(time ORDER BY pulls DESC, time LIMIT 1)[OFFSET(0)] AS most_pulls_at,
  COUNTIF(pulls > pulls_allowed) AS pulls_over,
  MIN(IF(pulls > pulls_allowed, time, NULL)) AS first_over,
  MAX(IF(pulls > pulls_allowed, time, NULL)) AS last_over,
  COUNT(DISTINCT IF(pulls > pulls_allowed, DATE(time), NULL)) AS days_over,
  ARRAY_AGG(DISTINCT cluster IGNORE NULLS ORDER BY cluster) AS clusters
FROM six_hours, UNNEST([
  STRUCT('anonymous' AS account, ${HUB_LIMITS.anonymous} AS pulls_allowed),
  STRUCT('free' AS account, ${HUB_LIMITS.free} AS pulls_allowed)
])
WHERE egress != ${sqlText(ALL)} OR account != 'anonymous'
GROUP BY egress, account, pulls_allowed`;
}

function tracker(from: string, now = "CURRENT_TIMESTAMP()"): string {
  return `SELECT
  image,
  registry,
  MAX(time) AS last_pull,
  COUNT(*) AS pulls,
  COUNTIF(time >= week) AS pulls_last_7_days,
  COUNTIF(time < week AND time >= week_before) AS pulls_7_days_before,
  COUNTIF(time >= week) - COUNTIF(time < week AND time >= week_before) AS trend,
  ARRAY_AGG(DISTINCT still_in IGNORE NULLS ORDER BY still_in) AS still_in,
  IF(MAX(time) < MAX(week), MAX(time), NULL) AS done_since
FROM (
  SELECT *, IF(time >= week, cluster, NULL) AS still_in
  FROM ${from}, (
    SELECT TIMESTAMP_SUB(${now}, INTERVAL 7 DAY) AS week, TIMESTAMP_SUB(${now}, INTERVAL 14 DAY) AS week_before
  )
  WHERE third_party
)
GROUP BY image, registry`;
}
