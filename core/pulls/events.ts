/** A column of a BigQuery table. https://cloud.google.com/bigquery/docs/schemas */
export interface Column {
  /** Name, in the case in which Cloud Logging writes it. */
  name: string;
  /** Type, as BigQuery's API answers it. */
  type: "STRING" | "TIMESTAMP" | "FLOAT" | "RECORD";
  /** Whether rows may lack it; Cloud Logging makes all of its columns so. */
  mode: "NULLABLE";
  /** What it holds, for people. */
  description?: string;
  /** Columns of a record. */
  fields?: Column[];
}

/** Name of the table that Cloud Logging writes Kubernetes' events to, after the log's own. */
export const EVENTS_TABLE = "events";

/** Which log entries are pulls: events of pods that say that an image is about to be pulled. */
export const PULL_FILTER = 'resource.type="k8s_pod" jsonPayload.reason="Pulling"';

/** Column by whose day the table is partitioned, as Cloud Logging does it. */
export const PARTITION_COLUMN = "timestamp";

/**
 * The columns that queries over pulls read, under the names that Cloud Logging gives them: those of the entry itself as
 * they are, those of Kubernetes' event in lower case. Others, such as labels, Logging adds when an entry has them.
 * https://cloud.google.com/logging/docs/export/bigquery
 * https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
 */
export const EVENTS_SCHEMA: readonly Column[] = [
  column("timestamp", "TIMESTAMP", "When the pull began"),
  column("receiveTimestamp", "TIMESTAMP", "When Cloud Logging got the entry"),
  column("logName", "STRING", "projects/P/logs/events"),
  column("insertId", "STRING", "The same in entries that were delivered twice"),
  column("severity", "STRING"),
  record("resource", [
    column("type", "STRING", "k8s_pod"),
    record("labels", [
      column("project_id", "STRING", "Project of the cluster"),
      column("location", "STRING", "Zone or region of the cluster"),
      column("cluster_name", "STRING"),
      column("namespace_name", "STRING"),
      column("pod_name", "STRING"),
    ]),
  ]),
  record("jsonPayload", [
    column("message", "STRING", 'Pulling image "REFERENCE"'),
    column("reason", "STRING", "Pulling"),
    column("type", "STRING", "Normal"),
    column("action", "STRING"),
    column("kind", "STRING", "Event"),
    column("apiversion", "STRING"),
    column("count", "FLOAT", "How often the event has happened, where Kubernetes combines"),
    column("eventtime", "STRING"),
    column("firsttimestamp", "STRING"),
    column("lasttimestamp", "STRING"),
    column("reportingcomponent", "STRING", "kubelet"),
    column("reportinginstance", "STRING", "Node"),
    record("metadata", [
      column("name", "STRING"),
      column("namespace", "STRING"),
      column("uid", "STRING"),
      column("creationtimestamp", "STRING"),
      column("resourceversion", "STRING"),
    ]),
    record("involvedobject", [
      column("kind", "STRING", "Pod"),
      column("namespace", "STRING"),
      column("name", "STRING", "Pod"),
      column("uid", "STRING"),
      column("apiversion", "STRING"),
      column("resourceversion", "STRING"),
      column("fieldpath", "STRING", "spec.containers{NAME}"),
    ]),
    record("source", [column("component", "STRING", "kubelet"), column("host", "STRING", "Node")]),
  ]),
];

function column(name: string, type: Column["type"], description?: string): Column {
  return { name, type, mode: "NULLABLE", ...(description === undefined ? {} : { description }) };
}

function record(name: string, fields: Column[]): Column {
  return { name, type: "RECORD", mode: "NULLABLE", fields };
}
