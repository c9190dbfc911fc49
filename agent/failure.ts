/** What an error of a Google client means. */
export interface Failure {
  /** Of HTTP; nothing where no answer came. */
  status?: number;
  /** In Google's words, such as `rateLimitExceeded`. */
  reason?: string;
  /** In one line. */
  message: string;
  /** How long the service asks to be left alone, in milliseconds. */
  retryAfter?: number;
  /** No answer came in time. */
  isTimeout: boolean;
  /** The same call may succeed later. */
  isTransient: boolean;
}

/** What the clients' errors hold: the one for Compute Engine is gaxios's, the one for storage has one of its own. */
interface ClientError {
  name?: string;
  message?: string;
  status?: unknown;
  code?: unknown;
  errors?: { reason?: string }[];
  cause?: { name?: string };
  response?: { headers?: AnyHeaders };
}

type AnyHeaders = Pick<Headers, "get"> | Record<string, string>;

/** What an error means, whichever client threw it. */
export function failureOf(error: unknown): Failure {
  const { name, message = String(error), status, code, cause, errors, response } = (error ?? {}) as ClientError;
  const http = [status, code].find((value): value is number => typeof value === "number" && value >= 100);
  const said = bodyOf(message);
  const reason = said?.errors?.[0]?.reason ?? errors?.[0]?.reason;
  const isTimeout =
    [name, cause?.name].some((one) => one === "AbortError" || one === "TimeoutError") || code === "ETIMEDOUT";
  const isLost =
    isTimeout || (http === undefined && (isSystemError(code) || name === "FetchError" || error instanceof SyntaxError));
  return {
    ...(http === undefined ? {} : { status: http }),
    ...(reason ? { reason } : {}),
    message: worded(http, isTimeout ? "no answer came in time" : (said?.message ?? message)),
    ...retryAfterOf(response?.headers),
    isTimeout,
    isTransient: isLost || isTransientStatus(http, reason),
  };
}

/**
 * Compute Engine and BigQuery say that they are called too often with 403 as well.
 * https://cloud.google.com/compute/docs/api/rate-limits https://cloud.google.com/bigquery/docs/error-messages
 */
function isTransientStatus(status: number | undefined, reason: string | undefined): boolean {
  if (status === undefined) return false;
  if (status === 403) return /^(user|job)?rateLimitExceeded$/i.test(reason ?? "");
  return status === 408 || status === 429 || status >= 500;
}

function isSystemError(code: unknown): boolean {
  return typeof code === "string" && /^(E[A-Z_]+|UND_ERR_[A-Z_]+)$/.test(code);
}

interface ErrorBody {
  message?: string;
  errors?: { reason?: string }[];
}

/** The client for Compute Engine gives the whole answer as the message. */
function bodyOf(message: string): ErrorBody | undefined {
  if (!message.startsWith("{")) return undefined;
  try {
    return (JSON.parse(message) as { error?: ErrorBody }).error;
  } catch {
    return undefined;
  }
}

function worded(status: number | undefined, message: string): string {
  const line = message.replace(/\s+/g, " ").trim() || "no reason was given";
  const short = line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line;
  return status === undefined ? short : `HTTP ${status}: ${short}`;
}

/** Proxies answer with pages of HTML. */
const MOST_CHARACTERS = 300;

/** In seconds or as a date; of a date the client's clock knows nothing certain, so it is left aside. */
function retryAfterOf(headers: AnyHeaders | undefined): Pick<Failure, "retryAfter"> {
  const text = isHeaders(headers) ? headers.get("retry-after") : headers?.["retry-after"];
  const seconds = Number(text ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfter: seconds * 1000 } : {};
}

/** The clients bring a class of their own for headers. */
function isHeaders(headers: AnyHeaders | undefined): headers is Pick<Headers, "get"> {
  return headers !== undefined && "get" in headers && typeof headers.get === "function";
}
