import { googleAuthLibrary } from "google-gax";
import { type GoogleOptions } from "./clients";

/**
 * Where Google's services are reached, for tests: `KILN_COMPUTE_ENDPOINT=http://127.0.0.1:8080` names a stand-in of Compute
 * Engine and of Cloud Asset Inventory, `KILN_STORAGE_ENDPOINT` one of Cloud Storage, `KILN_BIGQUERY_ENDPOINT` one of
 * BigQuery. Nobody signs in there, so only stand-ins on this machine are taken.
 *
 * @throws RangeError for an endpoint that is none, or not on this machine.
 */
export function googleFrom(environment: Record<string, string | undefined>): GoogleOptions {
  const [compute, storage, bigQuery] = ["COMPUTE", "STORAGE", "BIGQUERY"].map((service) => {
    const name = `KILN_${service}_ENDPOINT`;
    const value = environment[name];
    return value ? loopback(name, value) : undefined;
  });
  return {
    ...(compute && { compute: computeOptions(compute) }),
    ...(storage && { storage: { apiEndpoint: storage.origin, projectId: "loopback" } }),
    ...(bigQuery && { bigQuery: { apiEndpoint: bigQuery.origin, authClient: nobody() } }),
  };
}

function computeOptions({ hostname, port }: URL): GoogleOptions["compute"] {
  return {
    ...{ apiEndpoint: hostname, port: Number(port || 80), protocol: "http", fallback: true, projectId: "loopback" },
    authClient: nobody(),
  };
}

/** The clients of some services bring a version of their own of this class, with the same methods. */
function nobody<T>(): T {
  return new googleAuthLibrary.PassThroughClient() as T;
}

/** The address of a stand-in on this machine. @throws RangeError for any other. */
export function loopback(name: string, value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname)) return url;
  throw new RangeError(`${name} must be like http://127.0.0.1:8080, on this machine, got ${JSON.stringify(value)}`);
}
