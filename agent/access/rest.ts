import { googleAuthLibrary } from "google-gax";
import { loopback } from "../endpoints";
import { type Retry } from "../retry";

/** Services whose few calls need no client of their own: one each would double the bundle. */
export const Service = {
  /** https://cloud.google.com/artifact-registry/docs/reference/rest */
  ArtifactRegistry: "artifactregistry.googleapis.com",
  /** https://cloud.google.com/resource-manager/reference/rest */
  ResourceManager: "cloudresourcemanager.googleapis.com",
  /** https://cloud.google.com/iam/docs/reference/credentials/rest */
  IamCredentials: "iamcredentials.googleapis.com",
} as const;
export type Service = (typeof Service)[keyof typeof Service];

/** One call. */
export interface RestCall {
  service: Service;
  /** With its version, as `/v1/projects/…`. */
  path: string;
  /** Makes it a `POST`. */
  body?: object;
  /** Token of the account that calls, where it is not the machine's own. */
  token?: string;
}

/** Makes a call; the answer is an object, or nothing of what was asked for is in it. */
export type Rest = (call: RestCall) => Promise<Record<string, unknown>>;

/** Calls, and the credentials that they are made with. */
export interface RestClient {
  rest: Rest;
  /** @throws Error where this machine has no credentials. */
  signIn: () => Promise<void>;
}

/** Whoever waits for a table hears of a service that does not answer. */
const TIMEOUT_MILLISECONDS = 20_000;

const SCOPE = "https://www.googleapis.com/auth/cloud-platform";

/**
 * Calls Google's JSON services with the credentials of this machine. `KILN_IAM_ENDPOINT=http://127.0.0.1:8080` names a
 * stand-in of all of them, for tests.
 *
 * @throws RangeError for an endpoint that is not on this machine.
 */
export function restClient(environment: Record<string, string | undefined>, retry: Retry): RestClient {
  const endpoint = environment.KILN_IAM_ENDPOINT;
  const origin = endpoint ? loopback("KILN_IAM_ENDPOINT", endpoint).origin : undefined;
  const anonymous = new googleAuthLibrary.PassThroughClient();
  const auth = origin ? undefined : new googleAuthLibrary.GoogleAuth({ scopes: SCOPE });
  const signIn = async () => void (await auth?.getClient());
  const rest: Rest = ({ service, path, body, token }) =>
    retry(async () => {
      const client = token === undefined ? (auth ?? anonymous) : anonymous;
      const { data } = await client.request<unknown>({
        url: `${origin ?? `https://${service}`}${path}`,
        method: body ? "POST" : "GET",
        ...(body ? { data: body } : {}),
        ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
        responseType: "json",
        timeout: TIMEOUT_MILLISECONDS,
        retry: false,
      });
      return typeof data === "object" && data !== null ? (data as Record<string, unknown>) : {};
    });
  return { rest, signIn };
}
