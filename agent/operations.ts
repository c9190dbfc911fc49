import { type GoogleClients } from "./clients";
import { failureOf } from "./failure";
import { type Host } from "./host";
import { type Retry } from "./retry";

/** What `wait` tells of an operation. https://cloud.google.com/compute/docs/reference/rest/v1/globalOperations */
interface Operation {
  name?: string | null;
  status?: unknown;
  error?: { errors?: { code?: string | null; message?: string | null }[] | null } | null;
  httpErrorStatusCode?: number | null;
  httpErrorMessage?: string | null;
}

/** An operation ended, and not well. */
export class OperationError extends Error {
  override readonly name = "OperationError";
}

/** An operation had not ended when the time was up; it goes on. */
export class OperationUnfinished extends Error {
  override readonly name = "OperationUnfinished";
}

/** What waiting needs. */
export interface Waiting {
  project: string;
  clients: Pick<GoogleClients, "operations">;
  host: Host;
  retry: Retry;
  /** Milliseconds since 1970. */
  deadline: number;
}

/**
 * Waits until a change has happened. The service answers after two minutes at the latest, and the client gives up sooner.
 *
 * @throws OperationError where it failed, OperationUnfinished where time was up.
 */
export async function finished(started: Operation, waiting: Waiting): Promise<void> {
  const { project, clients, host, retry, deadline } = waiting;
  const name = String(started.name);
  let operation = started;
  while (operation.status !== "DONE") {
    if (host.now() >= deadline)
      throw new OperationUnfinished(`it was begun, and operation ${name} had not ended when the time was up`);
    operation = await retry(async () => {
      try {
        return (await clients.operations.wait({ project, operation: name }))[0];
      } catch (error) {
        if (failureOf(error).isTimeout) return operation;
        throw error;
      }
    });
  }
  const problem = problemOf(operation);
  if (problem !== undefined) throw new OperationError(`operation ${name} failed: ${problem}`);
}

function problemOf({ error, httpErrorStatusCode, httpErrorMessage }: Operation): string | undefined {
  const said = (error?.errors ?? []).map(({ code, message }) => [code, message].filter(Boolean).join(": "));
  if (said.length > 0) return said.join("; ");
  if (!httpErrorStatusCode || httpErrorStatusCode < 400) return undefined;
  return `HTTP ${httpErrorStatusCode}: ${httpErrorMessage ?? "no reason was given"}`;
}
