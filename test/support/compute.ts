import { type ComputeFake, type ComputeOptions, startCompute } from "../../testing/compute";
import { expect } from "./chai";

/**
 * A fresh fake of Compute Engine for every test of a suite; each test fails where the fake found a violation.
 *
 * @example
 * const compute = useCompute({ operationPolls: 1 });
 * it("lists", async () => new ImagesClient(compute().clientOptions()).list({ project: "acme" }));
 */
export function useCompute(options: ComputeOptions = {}): () => ComputeFake {
  let fake: ComputeFake | undefined;
  beforeEach(async () => {
    fake = await startCompute(options);
  });
  afterEach(async () => {
    await fake?.close();
    expect(fake?.violations).to.deep.equal([]);
  });
  return () => fake!;
}

/** What a promise was rejected with. @throws where it was not. */
export async function rejection(promise: Promise<unknown>): Promise<RefusedCall> {
  return promise.then(
    (value) => expect.fail(`expected a rejection and got ${JSON.stringify(value)}`),
    (error: unknown) => error as RefusedCall,
  );
}

/** The error of Google's REST transport: an HTTP status, or a code of Node where no answer came. */
export interface RefusedCall extends Error {
  status?: number;
  code?: number | string;
  response?: Response;
}

/** What a method of the client that starts an operation returns. */
export type StartedCall = Promise<[{ latestResponse: unknown }, ...unknown[]]>;

/** Waits until the operation is over that a call started. */
export async function finished<At>(
  operations: { wait(request: At & { operation: string }): Promise<[object, ...unknown[]]> },
  at: At,
  call: StartedCall,
): Promise<void> {
  let operation = (await call)[0].latestResponse as { name: string; status: string };
  while (operation.status !== "DONE")
    operation = (await operations.wait({ ...at, operation: operation.name }))[0] as typeof operation;
}
