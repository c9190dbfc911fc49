import { firstPartySql } from "./firstPartySql";
import { NAME_IN_MESSAGE, nameSteps } from "./nameSql";
import { indented, sqlPattern, sqlText, sqlTime } from "./sqlText";

/** What stands for all clusters together; no cluster and no egress is called so. */
export const ALL = "*";

/** What a query over pulls is made for. */
export interface PullsScope {
  /** Names of the tables with Kubernetes' events, as the query writes them. */
  tables: readonly string[];
  /** The same, where Cloud Logging makes a table a day: `events_*` in place of `events_YYYYMMDD`. */
  shards?: readonly string[];
  /** What names of one's own begin with. */
  firstParty: readonly string[];
  /** Name of the address as which a cluster reaches the internet, by `PROJECT/LOCATION/CLUSTER`. */
  egress?: Readonly<Record<string, string>>;
  /** Pulls since then; milliseconds since 1970. Days before are not read. */
  since?: number;
  /** Pulls before then; milliseconds since 1970. */
  until?: number;
}

/**
 * One row a pull.
 *
 * A log entry is one pull. Kubernetes combines repeated events in one object, whose `count` is how often it happened so
 * far; GKE's exporter writes an entry each time that the object changes, with the `count` of that moment, so that adding
 * counts up would count every earlier pull again. An entry that was delivered twice, or by two sinks, is one pull.
 * https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
 */
export function pullsQuery(scope: PullsScope): string {
  const steps: [string, string][] = [["entries", entries(scope)], ...nameSteps("entries"), ["pulls", PULLS]];
  const parts = steps.map(([name, sql]) => `${name} AS (\n${indented(sql)}\n)`);
  return `WITH ${parts.join(",\n")}\n${columns(scope)}`;
}

const COLUMNS = [
  "timestamp AS time",
  "resource.labels.project_id AS project",
  "resource.labels.location AS location",
  "resource.labels.cluster_name AS cluster_name",
  "resource.labels.namespace_name AS namespace",
  "resource.labels.pod_name AS pod",
  "jsonPayload.message AS message",
  `REGEXP_EXTRACT(jsonPayload.message, ${sqlPattern(NAME_IN_MESSAGE)}) AS name`,
  "logName",
  "insertId",
  "receiveTimestamp",
];

function entries({ tables, shards = [], since, until }: PullsScope): string {
  const period = periodSql("timestamp", since, until);
  const ofShards = ` AND _TABLE_SUFFIX BETWEEN ${sqlText(firstShard(since))} AND ${sqlText(lastShard(until))}`;
  const from = (table: string, more: string) =>
    [
      "SELECT",
      ...COLUMNS.map((column) => `  ${column},`),
      `FROM ${table}`,
      `WHERE resource.type = 'k8s_pod' AND jsonPayload.reason = 'Pulling'${period}${more}`,
    ].join("\n");
  const all = [...tables.map((table) => from(table, "")), ...shards.map((table) => from(table, ofShards))];
  // The day is in the key so that a condition on it reaches the table: only its partitions are read.
  return [
    `SELECT * FROM (\n${indented(all.join("\nUNION ALL\n"))}\n)`,
    "WHERE TRUE",
    "QUALIFY insertId IS NULL",
    "  OR ROW_NUMBER() OVER (PARTITION BY time, logName, insertId ORDER BY receiveTimestamp) = 1",
  ].join("\n");
}

/** What follows another condition to keep a column within a period. */
export function periodSql(column: string, since: number | undefined, until: number | undefined): string {
  const after = since === undefined ? "" : ` AND ${column} >= ${sqlTime(since)}`;
  return until === undefined ? after : `${after} AND ${column} < ${sqlTime(until)}`;
}

/** An entry may be written into the table of the day before or after. */
const DAY = 86_400_000;

function firstShard(since: number | undefined): string {
  return since === undefined ? "00000000" : suffixOf(since - DAY);
}

function lastShard(until: number | undefined): string {
  return until === undefined ? "99999999" : suffixOf(until + DAY);
}

function suffixOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10).replaceAll("-", "");
}

const PULLS = `SELECT
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
FROM names`;

function columns({ firstParty, egress = {} }: PullsScope): string {
  const named = Object.entries(egress).map(([cluster, name]) => `WHEN ${sqlText(cluster)} THEN ${sqlText(name)}`);
  const egressSql = named.length === 0 ? "cluster" : `CASE cluster ${named.join(" ")} ELSE cluster END`;
  return [
    "SELECT *,",
    `  NOT (${firstPartySql(firstParty)}) AND registry IS NOT NULL AS third_party,`,
    `  ${egressSql} AS egress`,
    "FROM pulls",
  ].join("\n");
}
