import type bigquery from "@google-cloud/bigquery/build/src/types";

/** What a value of a request must be; nothing where Kiln has no use for it, so that it is refused. */
type Check = "text" | "flag" | "digits" | "number" | "labels" | undefined;

/** Checks by field. That each is a field of the API, TypeScript sees by the types that the client ships. */
type Checks<T> = Readonly<{ [Field in keyof Required<T>]?: Check }>;

const CHECKS: Readonly<Record<Exclude<Check, undefined>, (value: unknown) => boolean>> = {
  text: (value) => typeof value === "string" && value !== "",
  flag: (value) => typeof value === "boolean",
  digits: (value) => typeof value === "string" && /^\d+$/.test(value),
  number: (value) => typeof value === "number",
  labels: (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.entries(value).every((pair) => pair.every((part) => /^[a-z0-9_-]{1,63}$/.test(String(part)))),
};

const JOB: Checks<bigquery.IJob> = { jobReference: undefined, configuration: undefined };
const REFERENCE: Checks<bigquery.IJobReference> = { projectId: "text", jobId: "text", location: "text" };
const CONFIGURATION: Checks<bigquery.IJobConfiguration> = { jobTimeoutMs: "digits", labels: "labels" };
const QUERY: Checks<bigquery.IJobConfigurationQuery> = {
  query: "text",
  useLegacySql: "flag",
  maximumBytesBilled: "digits",
};

/** Fields of the query string; numbers and flags are text there. */
const RESULTS: Checks<bigquery.jobs.IGetQueryResultsParams> = {
  location: "text",
  maxResults: "digits",
  pageToken: "text",
  "formatOptions.useInt64Timestamp": "text",
};
const TABLES: Checks<bigquery.tables.IListParams> = { maxResults: "digits", pageToken: "text" };

/** A job as it is inserted. */
export interface InsertedJob {
  jobReference: Required<bigquery.IJobReference>;
  configuration: { query: { query: string; maximumBytesBilled?: string }; labels?: Record<string, string> };
}

/** What is wrong with the body of `jobs.insert`. https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/insert */
export function jobProblems(body: unknown): string[] {
  const job = fieldsOf(body);
  const configuration = fieldsOf(job.configuration);
  const { query, ...rest } = configuration;
  return [
    ...Object.keys(job).flatMap((name) => (Object.hasOwn(JOB, name) ? [] : [`job.${name} is not known`])),
    ...problems("jobReference", job.jobReference, REFERENCE),
    ...problems("configuration", rest, CONFIGURATION),
    ...problems("configuration.query", query, QUERY),
    ...(fieldsOf(query).useLegacySql === false ? [] : ["configuration.query.useLegacySql must be false"]),
  ];
}

/** What is wrong with the query string of `jobs.getQueryResults`. */
export function resultsProblems(query: URLSearchParams): string[] {
  return problems("query", ownOf(query), RESULTS);
}

/** What is wrong with the query string of `tables.list`. */
export function tablesProblems(query: URLSearchParams): string[] {
  return problems("query", ownOf(query), TABLES);
}

/** Without what every method of Google's takes. https://cloud.google.com/apis/docs/system-parameters */
function ownOf(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...query].filter(([name]) => name !== "prettyPrint"));
}

function problems(path: string, value: unknown, checks: Readonly<Record<string, Check>>): string[] {
  return Object.entries(fieldsOf(value)).flatMap(([name, field]) => {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (check === undefined) return [`${path}.${name} is not known`];
    return CHECKS[check](field) ? [] : [`${path}.${name} must be ${check}, got ${JSON.stringify(field)}`];
  });
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
