import { googleAuthLibrary } from "google-gax";
import { type GoogleOptions } from "./clients";

/**
 * Where Google's services are reached: `KILN_COMPUTE_ENDPOINT=http://127.0.0.1:8080` names a stand-in of Compute Engine and
 * of Cloud Asset Inventory, for tests; the client for buckets reads `STORAGE_EMULATOR_HOST` itself. Nothing is signed in
 * there: a stand-in that is no machine of one's own is refused.
 *
 * @throws RangeError for an endpoint that is none, or not on this machine.
 */
export function googleFrom(environment: Record<string, string | undefined>): GoogleOptions {
  const { KILN_COMPUTE_ENDPOINT: endpoint } = environment;
  if (!endpoint) return {};
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== "http:" || !["127.0.0.1", "localhost", "[::1]"].includes(url.hostname))
    throw new RangeError(
      `KILN_COMPUTE_ENDPOINT must be like http://127.0.0.1:8080, on this machine, got ${JSON.stringify(endpoint)}`,
    );
  const authClient = new googleAuthLibrary.PassThroughClient();
  const compute = {
    ...{ apiEndpoint: url.hostname, port: Number(url.port || 80), protocol: "http", fallback: true },
    ...{ projectId: "loopback", authClient },
  };
  return { compute: compute };
}
