import { type BigQuery } from "@google-cloud/bigquery/build/src/bigquery";
import { type GoogleClients } from "./clients";

/**
 * Finds the credentials of this machine before the first call: the clients for Compute Engine would leave a rejection
 * unhandled, which ends the process, where there are none.
 *
 * @throws Error where there are none.
 */
export async function findCredentials({ images }: Pick<GoogleClients, "images">): Promise<void> {
  const auth: object = images.auth;
  // A stand-in's clients have nothing to find.
  if ("getClient" in auth) await images.auth.getClient();
}

/**
 * The same for BigQuery, whose client would call as nobody where there are none.
 *
 * @throws Error where there are none.
 */
export async function findBigQueryCredentials({ authClient }: Pick<BigQuery, "authClient">): Promise<void> {
  await authClient.getClient();
}
