import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { googleAuthLibrary } from "google-gax";
import type { Api, Call, CallListener } from "./calls";
import { ApiError, forbidden } from "./errors";
import { type Fault, FaultKind, FaultPlan, type Injection } from "./faults";
import { cut } from "./fieldMask";
import type { Fields } from "./messages";
import type { Route } from "./routes";
import { problemsOf } from "./shape";
import { type ReadRequest, readRequest } from "./transcoding";

/** How a fake answers, whatever it serves. */
export interface ServerOptions {
  /** Every answer waits this long. @default 0 */
  delayMilliseconds?: number;
  /** Values of enumerations that the client's descriptors do not know yet, as a newer service would send. @default [] */
  newEnumValues?: string[];
}

/** A loopback server of Google's JSON protocol: checks, records, denies, breaks; what it serves is the Api's business. */
export class LoopbackServer {
  /** Every well-formed call, in order. */
  readonly calls: Call[] = [];
  /** What a client sent, or this fake was about to answer, against the client's own descriptors. Assert it empty. */
  readonly violations: string[] = [];
  /** Failures of the fake itself and of listeners; `close` throws them. */
  readonly errors: unknown[] = [];
  readonly #faults = new FaultPlan();
  readonly #denied = new Set<string>();
  readonly #listeners = new Set<CallListener>();
  readonly #server: Server;

  constructor(
    private readonly routes: Route[],
    private readonly api: Api,
    private readonly options: ServerOptions,
  ) {
    this.#server = createServer((message, response) => {
      this.#receive(message, response).catch((error: unknown) => {
        this.errors.push(error);
        message.socket.destroy();
      });
    });
  }

  protected get newEnumValues(): readonly string[] {
    return this.options.newEnumValues ?? [];
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject).listen(0, "127.0.0.1", resolve);
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /**
   * What makes the real client talk to this fake without credentials: `new ImagesClient(fake.clientOptions())`.
   *
   * @param timeoutMilliseconds when the client gives up a call. The client's own `timeout` option does nothing over
   * REST: without this one a call that is never answered never ends.
   */
  clientOptions(timeoutMilliseconds?: number) {
    const transporterOptions = timeoutMilliseconds === undefined ? {} : { timeout: timeoutMilliseconds };
    return {
      apiEndpoint: "127.0.0.1",
      port: this.port,
      protocol: "http",
      fallback: true,
      projectId: "loopback",
      authClient: new googleAuthLibrary.PassThroughClient({ transporterOptions }),
    };
  }

  inject(injection: Injection): void {
    this.#faults.add(injection);
  }

  clearFaults(): void {
    this.#faults.clear();
  }

  /** From now on every call that needs the permission on the project is refused with 403. */
  deny(project: string, permission: string): void {
    this.#denied.add(`${project} ${permission}`);
  }

  allow(project: string, permission: string): void {
    this.#denied.delete(`${project} ${permission}`);
  }

  /** Calls the listener before each call is served. @returns what takes it away. */
  onCall(listener: CallListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends all connections, hanging ones too. @throws what went wrong inside the fake or a listener. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve, reject) =>
      this.#server.close((error) => (error ? reject(error) : resolve())),
    );
    this.#server.closeAllConnections();
    await closed;
    if (this.errors.length === 1) throw this.errors[0];
    if (this.errors.length > 1) throw new AggregateError(this.errors, "several failures inside the fake");
  }

  async #receive(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(message);
    if (body === undefined) return;
    const url = new URL(message.url!, "http://127.0.0.1");
    const route = this.routes.find(({ http, path }) => http === message.method && path.test(url.pathname));
    if (!route) {
      const what = `${message.method} ${url.pathname} is no method that this fake serves`;
      this.violations.push(what);
      return send(response, 404, new ApiError(404, "notFound", what).body);
    }
    const read = readRequest(route, url, body, message.headers["x-goog-fieldmask"]?.toString());
    if (read.problems.length > 0) {
      this.violations.push(...read.problems.map((problem) => `${route.name}: ${problem}`));
      return send(response, 400, new ApiError(400, "invalid", read.problems.join("; ")).body);
    }
    await this.#answer(route, read, response, message.headers.authorization);
  }

  async #answer(
    route: Route,
    { request, mask }: ReadRequest,
    response: ServerResponse,
    authorization?: string,
  ): Promise<void> {
    const call = this.#record(route, request, authorization);
    for (const listener of [...this.#listeners]) await listener(call);
    const fault = this.#faults.next(call.method, call.project);
    if (fault?.kind === FaultKind.OPERATION_ERROR && route.response.name !== "Operation")
      throw new Error(`${route.name} starts no operation that could end in an error`);
    if (fault && !fault.after && strike(fault, response)) return;
    const { status, body } = this.#serve(route, call, fault);
    if (this.options.delayMilliseconds)
      await new Promise((resolve) => setTimeout(resolve, this.options.delayMilliseconds));
    if (fault?.after && strike(fault, response)) return;
    send(response, status, mask && status === 200 ? cut(body, mask) : body);
  }

  #record(route: Route, request: Fields, authorization?: string): Call {
    const call = {
      number: this.calls.length + 1,
      method: route.name,
      project: this.api.projectOf(request),
      permissions: this.api.permissions(route.name, request),
      request: structuredClone(request),
      ...(authorization === undefined ? {} : { authorization }),
    };
    this.calls.push(call);
    return call;
  }

  #serve(route: Route, call: Call, fault: Fault | undefined): { status: number; body: unknown } {
    try {
      const refused = call.permissions.find(({ project, permission }) => this.#denied.has(`${project} ${permission}`));
      if (refused) throw forbidden(refused.permission, placeOf(refused.project));
      const answer = structuredClone(
        this.api.serve(call, fault?.kind === FaultKind.OPERATION_ERROR ? fault : undefined),
      );
      const problems = problemsOf(route.response, answer, "", this.newEnumValues);
      this.violations.push(...problems.map((problem) => `answer of ${route.name}: ${problem}`));
      return { status: 200, body: answer };
    } catch (error) {
      if (error instanceof ApiError) return { status: error.status, body: error.body };
      throw error;
    }
  }
}

/** What a client sent; undefined where it hung up before it had sent all. */
async function bodyOf(message: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of message) chunks.push(chunk as Buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ECONNRESET") return undefined;
    throw error;
  }
  return Buffer.concat(chunks).toString("utf8");
}

const placeOf = (project: string) => (project.includes("/") ? project : `projects/${project}`);

/** Lets a fault happen; false where the call goes on. */
function strike(fault: Fault, response: ServerResponse): boolean {
  if (fault.kind === FaultKind.RESET) response.socket?.destroy();
  if (fault.kind === FaultKind.STATUS) {
    if (fault.retryAfterSeconds !== undefined) response.setHeader("retry-after", fault.retryAfterSeconds);
    send(response, fault.status!, new ApiError(fault.status!, fault.reason!, fault.message!).body);
  }
  return fault.kind !== FaultKind.OPERATION_ERROR;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=UTF-8" }).end(JSON.stringify(body));
}
