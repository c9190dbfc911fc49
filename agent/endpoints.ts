import { googleAuthLibrary } from "google-gax";
import { type GoogleOptions } from "./clients";

/**
 * Where Google's services are reached, for tests: `KILN_COMPUTE_ENDPOINT=http://127.0.0.1:8080` names a stand-in of Compute
 * Engine and of Cloud Asset Inventory, `KILN_STORAGE_ENDPOINT` one of Cloud Storage. Nobody signs in there, so only
 * stand-ins on this machine are taken.
 *
 * @throws RangeError for an endpoint that is none, or not on this machine.
 */
export function googleFrom(environment: Record<string, string | undefined>): GoogleOptions {
  const [compute, storage] = ["KILN_COMPUTE_ENDPOINT", "KILN_STORAGE_ENDPOINT"].map((name) => {
    const value = environment[name];
    return value ? loopback(name, value) : undefined;
  });
  return {
    ...(compute && { compute: computeOptions(compute) }),
    ...(storage && { storage: { apiEndpoint: storage.origin, projectId: "loopback" } }),
  };
}

function computeOptions({ hostname, port }: URL): GoogleOptions["compute"] {
  return {
    ...{ apiEndpoint: hostname, port: Number(port || 80), protocol: "http", fallback: true, projectId: "loopback" },
    authClient: new googleAuthLibrary.PassThroughClient(),
  };
}

function loopback(name: string, value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname)) return url;
  throw new RangeError(`${name} must be like http://127.0.0.1:8080, on this machine, got ${JSON.stringify(value)}`);
}
