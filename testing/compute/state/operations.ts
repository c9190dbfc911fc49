import { invalid, notFound } from "../protocol/errors";
import type { Fields } from "../protocol/messages";
import { linkTo, projectOf, timestamp } from "./links";
import type { Resource, Store } from "./store";

/** How long operations take. */
export interface OperationOptions {
  /** How many times `get` or `wait` are called until an operation is DONE; 0 answers it DONE at once. @default 2 */
  operationPolls?: number;
  /** An operation is DONE as well once the fake's clock is this far past its start, polled or not. @default 60 */
  operationSeconds?: number;
}

/** What an operation is to do. */
export interface Work {
  /** Such as `projects/p/global` or `projects/p/zones/z`. */
  scope: string;
  /** Such as `insert` or `compute.images.deprecate`. */
  type: string;
  /** The path of what it works on. */
  target: string;
  targetId: string;
  requestId?: string;
  /** The effect, once the operation is done. */
  apply: () => void;
  /** What happens to the target where the operation ends in an error. */
  fail?: () => void;
}

export interface OperationError {
  reason?: string;
  message?: string;
  status?: number;
}

interface Running {
  resource: Resource;
  work: Work;
  error?: OperationError;
  pollsLeft: number;
  dueAt: number;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ZERO_UUID = "00000000-0000-0000-0000-000000000000";

/** Work that takes time: an operation is answered at once and its effect comes with its end. */
export class Operations {
  readonly #running = new Map<string, Running>();
  readonly #byRequest = new Map<string, { asked: string; resource: Resource }>();

  constructor(
    private readonly store: Store,
    private readonly options: OperationOptions,
  ) {}

  /** The operation that an earlier request of the same id started. @throws 400 where the id is not a UUID. */
  repeated(project: string, requestId: string | undefined, asked: string): Resource | undefined {
    if (!requestId) return undefined;
    if (!UUID.test(requestId) || requestId === ZERO_UUID)
      throw invalid("requestId", requestId, "It must be a UUID and not zero.");
    const earlier = this.#byRequest.get(`${project} ${requestId}`);
    if (earlier && earlier.asked !== asked)
      throw invalid("requestId", requestId, `It was used before, for ${earlier.asked}.`);
    return earlier?.resource;
  }

  start(work: Work, asked: string, error?: OperationError): Resource {
    const now = this.store.now();
    const polls = this.options.operationPolls ?? 2;
    const name = `operation-${this.store.newId()}`;
    const resource = this.store.add(`${work.scope}/operations`, "compute#operation", {
      name,
      ...placeOf(work.scope),
      operationType: work.type,
      status: "PENDING",
      progress: 0,
      user: "loopback@example.com",
      targetLink: linkTo(work.target),
      targetId: work.targetId,
      insertTime: timestamp(now),
    });
    const dueAt = now.getTime() + (this.options.operationSeconds ?? 60) * 1000;
    this.#running.set(resource.selfLink, { resource, work, error, pollsLeft: polls, dueAt });
    if (work.requestId) this.#byRequest.set(`${projectOf(work.scope)} ${work.requestId}`, { asked, resource });
    if (polls === 0) this.#end(resource.selfLink);
    return resource;
  }

  /** One look at an operation, which brings it nearer to its end. @throws 404 where there is none. */
  poll(path: string): Resource {
    const resource = this.store.find(path);
    if (!resource) throw notFound(path);
    const running = this.#running.get(resource.selfLink);
    if (!running) return resource;
    running.pollsLeft--;
    resource.status = "RUNNING";
    resource.startTime ??= timestamp(this.store.now());
    if (running.pollsLeft <= 0) this.#end(resource.selfLink);
    return resource;
  }

  /** Ends what the clock has overtaken. */
  catchUp(): void {
    const now = this.store.now().getTime();
    for (const [link, { dueAt }] of this.#running) if (dueAt <= now) this.#end(link);
  }

  /** Ends all, in the order of their start, as time would. */
  finish(): void {
    for (const link of this.#running.keys()) this.#end(link);
  }

  #end(link: string): void {
    const { resource, work, error } = this.#running.get(link)!;
    this.#running.delete(link);
    const now = timestamp(this.store.now());
    Object.assign(resource, { status: "DONE", progress: 100, endTime: now, startTime: resource.startTime ?? now });
    if (error) {
      const { reason, message, status } = error;
      resource.error = { errors: [{ code: reason, message }] };
      resource.httpErrorStatusCode = status;
      resource.httpErrorMessage = message;
      work.fail?.();
    } else work.apply();
  }
}

function placeOf(scope: string): Fields {
  const kind = scope.split("/")[2];
  if (kind === "zones") return { zone: linkTo(scope) };
  return kind === "regions" ? { region: linkTo(scope) } : {};
}
