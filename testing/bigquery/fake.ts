import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { type Fault, FaultKind, FaultPlan, type Injection } from "../compute/protocol/faults";
import { ApiError } from "./apiError";
import { type BigQueryState, type Reply, ROUTES } from "./methods";
import { type QueryAnswer } from "./rows";

/** A table as `tables.list` tells it. */
export interface ListedTable {
  name: string;
  type: "TABLE" | "VIEW";
}

/** What the fake holds, and how it answers. */
export interface BigQueryOptions {
  /** Datasets by `PROJECT.DATASET`. */
  datasets: Record<string, { location: string; tables: ListedTable[] }>;
  /** Answers a query; throw an {@link ApiError} to refuse it. */
  answer: (sql: string) => QueryAnswer | Promise<QueryAnswer>;
  /** Rows, and tables, of a page at most. @default 1000 */
  pageSize?: number;
  /** How often a query says that it still runs. @default 0 */
  polls?: number;
  /** Every answer waits this long. @default 0 */
  delayMilliseconds?: number;
}

/** A stand-in of BigQuery's REST API on this machine. https://cloud.google.com/bigquery/docs/reference/rest */
export class BigQueryFake {
  /** Every call, as `POST jobs.insert`, in order. */
  readonly calls: string[] = [];
  /** Queries in the order in which they were begun. */
  readonly queries: string[] = [];
  /** What a client sent against the types that the client ships. Assert it empty. */
  readonly violations: string[] = [];
  /** Failures of the fake itself; `close` throws them. */
  readonly #errors: unknown[] = [];
  readonly #faults = new FaultPlan();
  readonly #state: BigQueryState;
  readonly #server: Server;

  constructor(private readonly options: BigQueryOptions) {
    const { queries, violations } = this;
    this.#state = { options, jobs: new Map(), queries, violations };
    this.#server = createServer((message, response) => {
      this.#receive(message, response).catch((error: unknown) => {
        this.#errors.push(error);
        message.socket.destroy();
      });
    });
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject).listen(0, "127.0.0.1", resolve);
    });
  }

  /** What `KILN_BIGQUERY_ENDPOINT` is set to. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Lets something go wrong with a method such as `jobs.insert`. */
  inject(injection: Injection): void {
    this.#faults.add(injection);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
    if (this.#errors.length > 0) throw new AggregateError(this.#errors, "the fake failed");
  }

  async #receive(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(message.url ?? "/", "http://fake");
    const route = ROUTES.find((one) => one.verb === message.method && one.path.test(url.pathname));
    const [, ...parts] = (route?.path.exec(url.pathname) ?? []).map(decodeURIComponent);
    const name = route?.name ?? `${message.method} ${url.pathname}`;
    this.calls.push(name);
    const body = await readBody(message);
    await setTimeout(this.options.delayMilliseconds ?? 0);
    const fault = this.#faults.next(name, parts[0] ?? "");
    if (fault?.kind === FaultKind.HANG) return;
    const effect = fault === undefined || fault.after;
    const reply = effect
      ? await this.#answer(() => route?.answer(this.#state, parts, url.searchParams, body))
      : undefined;
    if (fault?.kind === FaultKind.RESET) message.socket.destroy();
    else send(response, fault ? refusedBy(fault) : reply);
  }

  async #answer(call: () => Reply | Promise<Reply> | undefined): Promise<Sent> {
    try {
      const body = await call();
      if (body !== undefined) return { status: 200, body };
      return new ApiError(404, "notFound", "no such method").toAnswer();
    } catch (error) {
      if (error instanceof ApiError) return error.toAnswer();
      throw error;
    }
  }
}

interface Sent {
  status: number;
  body: object;
  retryAfterSeconds?: number;
}

function refusedBy({ status = 500, reason = "unknown", message = "", retryAfterSeconds }: Fault): Sent {
  return { ...new ApiError(status, reason, message).toAnswer(), ...(retryAfterSeconds ? { retryAfterSeconds } : {}) };
}

function send(response: ServerResponse, sent: Sent | undefined): void {
  if (sent === undefined) throw new Error("there is nothing to answer");
  const { status, body, retryAfterSeconds } = sent;
  const after = retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
  response.writeHead(status, { "content-type": "application/json", ...after }).end(JSON.stringify(body));
}

async function readBody(message: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === "" ? undefined : JSON.parse(text);
}

/** Starts a stand-in of BigQuery. */
export async function startBigQuery(options: BigQueryOptions): Promise<BigQueryFake> {
  const fake = new BigQueryFake(options);
  await fake.listen();
  return fake;
}
