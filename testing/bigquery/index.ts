/** A loopback fake of BigQuery for tests in this repository; no part of the package. */
export { ApiError } from "./apiError";
export { BigQueryFake, type BigQueryOptions, type ListedTable, startBigQuery } from "./fake";
export { type AnswerColumn, type QueryAnswer } from "./rows";
