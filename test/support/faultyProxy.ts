import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";

/** A request that came. */
export interface Asked {
  method: string;
  /** With its query. */
  path: string;
  /** The header. */
  authorization?: string;
  /** What was answered; nothing while it is under way. */
  status?: number;
}

/** What goes wrong with a request. */
export type Fault =
  /** Another answer; with a code of "" it has no body. */
  | { status: number; headers?: Record<string, string>; code?: string; message?: string; body?: object }
  /** The connection is reset. */
  | { reset: true }
  /** Half of the body, and then the connection breaks. */
  | { truncate: true }
  /** One bit of the body is another. */
  | { flip: true }
  /** The answer has further headers. */
  | { headers: Record<string, string> }
  /** It takes so many milliseconds longer. */
  | { delay: number };

/** A registry's front, where things go wrong on purpose. */
export interface FaultyProxy {
  /** Such as `127.0.0.1:5000`. */
  host: string;
  /** All requests, in the order in which they came. */
  asked: Asked[];
  /** What goes wrong with a request; nothing for no fault. */
  fault: (asked: Asked) => Fault | undefined;
  /** Stops listening, and breaks all connections; `up` listens at the same port again. */
  down(): Promise<void>;
  up(): Promise<void>;
}

/** A proxy before a registry, with no faults yet. */
export async function startFaultyProxy(backend: string): Promise<FaultyProxy> {
  const agent = new Agent({ keepAlive: true });
  const serve = () =>
    createServer((from, to) => {
      const { method = "", url: path = "", headers } = from;
      const asked: Asked = { method, path, ...(headers.authorization ? { authorization: headers.authorization } : {}) };
      proxy.asked.push(asked);
      to.on("close", () => (asked.status ??= 0));
      void answer(from, to, asked);
    });
  const answer = async (from: IncomingMessage, to: ServerResponse, asked: Asked) => {
    const fault = proxy.fault(asked);
    if (fault && "delay" in fault) await new Promise((next) => setTimeout(next, fault.delay));
    if (fault && "reset" in fault) {
      asked.status = 0;
      from.socket.resetAndDestroy();
    } else if (fault && "status" in fault) {
      asked.status = fault.status;
      from.resume();
      to.writeHead(fault.status, { "content-type": "application/json", ...fault.headers });
      const errors = [{ code: fault.code ?? "UNKNOWN", message: fault.message ?? "on purpose" }];
      to.end(from.method === "HEAD" || fault.code === "" ? undefined : JSON.stringify(fault.body ?? { errors }));
    } else forward(backend, agent, from, to, asked, fault);
  };
  let server = serve();
  const port = await listen(server, 0);
  const proxy: FaultyProxy = {
    ...{ host: `127.0.0.1:${port}`, asked: [], fault: () => undefined },
    async down() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
    async up() {
      server = serve();
      await listen(server, port);
    },
  };
  return proxy;
}

function forward(
  backend: string,
  agent: Agent,
  from: IncomingMessage,
  to: ServerResponse,
  asked: Asked,
  fault: Fault | undefined,
): void {
  const [hostname, port] = backend.split(":");
  const { method, url: path, headers } = from;
  const forwarded = request({ hostname, port, agent, method, path, headers }, (answered) => {
    const { statusCode = 502, headers: answeredHeaders } = answered;
    if (!fault || "delay" in fault || "headers" in fault) {
      asked.status = statusCode;
      to.writeHead(statusCode, { ...answeredHeaders, ...(fault && "headers" in fault ? fault.headers : {}) });
      answered.pipe(to);
      return;
    }
    const chunks: Buffer[] = [];
    answered.on("data", (chunk: Buffer) => chunks.push(chunk));
    answered.on("end", () => {
      const body = Buffer.concat(chunks);
      to.writeHead(statusCode, answeredHeaders);
      if ("flip" in fault) {
        body[body.length >> 1] ^= 1;
        to.end(body);
      } else {
        to.write(body.subarray(0, body.length >> 1));
        setTimeout(() => to.destroy(), 20);
      }
    });
  });
  forwarded.on("error", () => to.destroy());
  from.on("error", () => forwarded.destroy());
  from.pipe(forwarded);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", () => {
      // A test that failed before it could end it is not to keep the process.
      server.unref();
      resolve((server.address() as { port: number }).port);
    });
  });
}
