import { type Failure } from "../../../agent/failure";

/** What the advice is about. */
export interface Asked {
  /** `PROJECT.DATASET`. */
  dataset: string;
  /** Project in which the query runs. */
  billingProject: string;
  days: number;
}

/** What to do about a failure; nothing where its message says it. */
export function adviceFor({ status, reason, message }: Failure, { dataset, billingProject }: Asked): string {
  if (/default credentials|invalid_grant|reauth/i.test(message) || status === 401)
    return "sign in: gcloud auth application-default login";
  if (reason === "bytesBilledLimitExceeded")
    return "nothing was billed; ask for fewer --days, or allow more with --max-gib";
  if (status === 403 && /bigquery\.jobs\.create/.test(message))
    return `ask for roles/bigquery.jobUser on ${billingProject}, or name with --billing-project one where you have it`;
  if (status === 403) return `ask for roles/bigquery.dataViewer on the dataset ${dataset}`;
  if (status === 404 && /dataset/i.test(message))
    return `look whether --dataset is the right one; PullLogs calls it image_pull_logs, and its output datasetId says so`;
  return "";
}

/** What to look at where a dataset has no table of pulls. */
export function noTables(dataset: string): string {
  return [
    `error: ${dataset} has no table events and none events_YYYYMMDD; Cloud Logging makes them with the first pull that it writes`,
    ...CHECKS,
  ].join("\n");
}

/** What to look at where no third-party pulls are left, or seem to be. */
export function noThirdParty({ dataset, days }: Asked): string {
  return `note: ${dataset} has no third-party pulls of the last ${days} days; --view image shows whether it has any pulls`;
}

/** What to look at where there are no pulls. */
export function noPulls({ dataset, days }: Asked): string {
  return [`note: ${dataset} has no pulls of the last ${days} days`, ...CHECKS, "more days: --days"].join("\n");
}

const CHECKS = [
  'look whether a log sink writes there: gcloud logging sinks list, with the filter resource.type="k8s_pod" jsonPayload.reason="Pulling"',
  "look whether the sink's writer identity has roles/bigquery.dataEditor on the dataset",
  "look whether the clusters send system logs; rows come some minutes after a pull, and a node that has an image pulls nothing",
];
