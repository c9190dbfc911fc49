/** An error as Google's JSON APIs answer it. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }

  get body() {
    const { status: code, message, reason } = this;
    return { error: { code, message, errors: [{ message, domain: "global", reason }] } };
  }
}

export const notFound = (path: string) => new ApiError(404, "notFound", `The resource '${path}' was not found`);

export const alreadyExists = (path: string) =>
  new ApiError(409, "alreadyExists", `The resource '${path}' already exists`);

export const notReady = (path: string) => new ApiError(400, "resourceNotReady", `The resource '${path}' is not ready`);

export const inUse = (path: string, by: string) =>
  new ApiError(400, "resourceInUseByAnotherResource", `The resource '${path}' is already being used by '${by}'`);

export const invalid = (field: string, value: unknown, why: string) =>
  new ApiError(400, "invalid", `Invalid value for field '${field}': '${String(value)}'. ${why}`);

export const labelsChanged = () =>
  new ApiError(412, "conditionNotMet", "Labels fingerprint either invalid or resource labels have changed");

export const forbidden = (permission: string, path: string) =>
  new ApiError(403, "forbidden", `Required '${permission}' permission for '${path}'`);

/** Reasons that Compute Engine gives with a status when a test names the status alone. */
export const REASONS: Record<number, string> = {
  400: "invalid",
  403: "forbidden",
  404: "notFound",
  409: "alreadyExists",
  412: "conditionNotMet",
  429: "rateLimitExceeded",
  500: "internalError",
  503: "backendError",
};
