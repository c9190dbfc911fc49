-- pulls
WITH entries AS (
  SELECT * FROM (
    SELECT
      timestamp AS time,
      resource.labels.project_id AS project,
      resource.labels.location AS location,
      resource.labels.cluster_name AS cluster_name,
      resource.labels.namespace_name AS namespace,
      resource.labels.pod_name AS pod,
      jsonPayload.message AS message,
      REGEXP_EXTRACT(jsonPayload.message, r'(?i)pulling image "([^"]*)"') AS name,
      logName,
      insertId,
      receiveTimestamp,
    FROM `acme-logs.image_pull_logs.events`
    WHERE resource.type = 'k8s_pod' AND jsonPayload.reason = 'Pulling'
  )
  WHERE TRUE
  QUALIFY insertId IS NULL
    OR ROW_NUMBER() OVER (PARTITION BY time, logName, insertId ORDER BY receiveTimestamp) = 1
),
split_names AS (
  SELECT *,
    REGEXP_EXTRACT(name, r'^[^@]*') AS before_digest,
    REGEXP_EXTRACT(name, r'(?s)@(.*)$') AS digest,
    IFNULL(REGEXP_EXTRACT(name, r'^([^/@]*)/'), '') AS first_part
  FROM entries
),
named_hosts AS (
  SELECT *,
    first_part = 'localhost' OR REGEXP_CONTAINS(first_part, r'[.:]')
      OR first_part != LOWER(first_part) AS has_host
  FROM split_names
),
hosts AS (
  SELECT *,
    IF(has_host AND first_part != 'index.docker.io', first_part, 'docker.io') AS host,
    IF(has_host, SUBSTR(before_digest, LENGTH(first_part) + 2), before_digest) AS after_host
  FROM named_hosts
),
paths AS (
  SELECT *,
    CONCAT(IF(host = 'docker.io' AND STRPOS(after_host, '/') = 0, 'library/', ''),
      REGEXP_EXTRACT(after_host, r'^[^:]*')) AS path,
    REGEXP_EXTRACT(after_host, r'(?s):(.*)$') AS tag
  FROM hosts
),
names AS (
  SELECT *,
    LENGTH(name) <= 1024
      AND NOT REGEXP_CONTAINS(name, r'^[a-f0-9]{64}$')
      AND REGEXP_CONTAINS(host, r'^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$')
      AND REGEXP_CONTAINS(path, r'^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$')
      AND LENGTH(path) <= 255
      AND IFNULL(REGEXP_CONTAINS(tag, r'^\w[\w.-]{0,127}$'), TRUE)
      AND IFNULL(REGEXP_CONTAINS(digest, r'^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128}|blake3:[a-f0-9]{64})$'), TRUE) AS is_name
  FROM paths
),
pulls AS (
  SELECT
    time,
    IF(is_name, CONCAT(host, '/', path, IFNULL(CONCAT(':', tag), ''), IFNULL(CONCAT('@', digest), '')), NULL) AS image,
    IF(is_name, host, NULL) AS registry,
    IF(is_name, CONCAT(host, '/', path), NULL) AS repository,
    IF(is_name, tag, NULL) AS tag,
    IF(is_name, digest, NULL) AS digest,
    project,
    location,
    CONCAT(IFNULL(project, '-'), '/', IFNULL(location, '-'), '/', IFNULL(cluster_name, '-')) AS cluster,
    namespace,
    pod,
    IF(is_name, NULL, message) AS message
  FROM names
)
SELECT *,
  NOT (ENDS_WITH(registry, '-docker.pkg.dev') OR (registry = 'gcr.io' AND (SUBSTR(repository, LENGTH(registry) + 2) = 'acme-prod' OR STARTS_WITH(SUBSTR(repository, LENGTH(registry) + 2), 'acme-prod/')))) AND registry IS NOT NULL AS third_party,
  CASE cluster WHEN 'acme-shop/europe-west1/shop' THEN 'nat-europe' ELSE cluster END AS egress
FROM pulls;

-- pulls_by_image
SELECT
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
FROM `acme-logs.image_pull_logs.pulls`
GROUP BY image, registry, repository, tag, digest, third_party;

-- pulls_by_day
SELECT
  DATE(time) AS day,
  registry,
  third_party,
  COUNT(*) AS pulls,
  COUNT(DISTINCT image) AS images
FROM `acme-logs.image_pull_logs.pulls`
GROUP BY day, registry, third_party;

-- pulls_by_cluster
SELECT
  cluster,
  namespace,
  COUNT(*) AS pulls,
  COUNTIF(third_party) AS third_party_pulls,
  COUNT(DISTINCT image) AS images,
  COUNT(DISTINCT IF(third_party, image, NULL)) AS third_party_images,
  MAX(time) AS last_pull,
  MAX(IF(third_party, time, NULL)) AS last_third_party_pull
FROM `acme-logs.image_pull_logs.pulls`
GROUP BY cluster, namespace;

-- third_party_share
SELECT
  span,
  IF(span = 'day', DATE(time), DATE_TRUNC(DATE(time), ISOWEEK)) AS start,
  of_cluster AS cluster,
  COUNT(*) AS pulls,
  COUNTIF(third_party) AS third_party_pulls,
  COUNTIF(third_party) / COUNT(*) AS share
FROM `acme-logs.image_pull_logs.pulls`, UNNEST(['day', 'week']) AS span, UNNEST([cluster, '*']) AS of_cluster
WHERE image IS NOT NULL
GROUP BY span, start, of_cluster;

-- docker_hub_budget
WITH hub AS (
  SELECT egress, cluster, time, UNIX_SECONDS(time) AS second
  FROM `acme-logs.image_pull_logs.pulls`
  WHERE registry = 'docker.io'
),
six_hours AS (
  SELECT egress, cluster, time, COUNT(*) OVER (
    PARTITION BY egress ORDER BY second RANGE BETWEEN 21599 PRECEDING AND CURRENT ROW
  ) AS pulls
  FROM hub
  UNION ALL
  SELECT '*', cluster, time, COUNT(*) OVER (
    ORDER BY second RANGE BETWEEN 21599 PRECEDING AND CURRENT ROW
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
  STRUCT('anonymous' AS account, 100 AS pulls_allowed),
  STRUCT('free' AS account, 200 AS pulls_allowed)
])
WHERE egress != '*' OR account != 'anonymous'
GROUP BY egress, account, pulls_allowed;

-- cutover_tracker
SELECT
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
  FROM `acme-logs.image_pull_logs.pulls`, (
    SELECT TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 7 DAY) AS week, TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 14 DAY) AS week_before
  )
  WHERE third_party
)
GROUP BY image, registry;
