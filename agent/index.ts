/** What acts in Google Cloud: the function `enforce`, and its parts for the command line. */
import { type FunctionRequest, type FunctionResponse, serveEnforcement } from "./function";

/** The entry point of the Cloud Run function. https://cloud.google.com/functions/docs/writing/write-http-functions */
export const enforce = (request: FunctionRequest, response: FunctionResponse): Promise<void> =>
  serveEnforcement(request, response);

export { type LiveAccess, liveAccess } from "./access/liveAccess";
export { type Acting, carryOut, type CarriedOut } from "./act";
export { type GoogleClients, googleClients, type GoogleOptions } from "./clients";
export { connect, type ConnectOptions } from "./connect";
export { findBigQueryCredentials, findCredentials } from "./credentials";
export { googleFrom } from "./endpoints";
export { enforceLifecycle, type RunOptions } from "./enforce";
export { failureOf } from "./failure";
export { type Held, type Lease, takeLease } from "./lease";
export { type Host, machine } from "./host";
export { policiesIn } from "./policies";
export { type PullAnswer, type PullQuestion, readPullView } from "./pulls/readPullView";
export { type Factory, observe, type Observed } from "./observe";
export { PATIENCE, retrying } from "./retry";
export { limited } from "./timeLimit";
