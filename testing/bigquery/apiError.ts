/** An error as BigQuery answers it. https://cloud.google.com/bigquery/docs/error-messages */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }

  toAnswer(): { status: number; body: object } {
    const { status, reason, message } = this;
    return { status, body: { error: { code: status, message, errors: [{ message, domain: "global", reason }] } } };
  }
}
