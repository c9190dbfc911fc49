import {
  Agent as HttpAgent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as httpRequest,
  type RequestOptions,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { MOST_MANIFEST_BYTES } from "../../core/copy/manifest";

/** What a registry answered. */
export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Asks over HTTP; connections are kept for the next question. */
export interface Http {
  /** @param origin such as `https://ghcr.io` or `http://127.0.0.1:5000`. */
  ask(method: "GET" | "HEAD", origin: string, path: string, headers: Record<string, string>): Promise<HttpAnswer>;
  close(): void;
}

/** A question without an answer is given up after so many milliseconds. */
const TIMEOUT = 30_000;

/** A connection that has its timeout from the agent needs no timer for each question. */
const AGENT = { keepAlive: true, maxSockets: 16, timeout: TIMEOUT };

/** Connections of Kiln's own, until `signal` aborts. */
export function httpClient(signal: AbortSignal): Http {
  const agents = { "http:": new HttpAgent(AGENT), "https:": new HttpsAgent(AGENT) };
  const origins = new Map<string, RequestOptions>();
  const close = () => Object.values(agents).forEach((agent) => agent.destroy());
  signal.addEventListener("abort", close);
  return {
    ask: (method, origin, path, headers) =>
      new Promise((resolve, reject) => {
        const server = origins.get(origin) ?? serverOf(origin, agents);
        origins.set(origin, server);
        const request = server.agent === agents["http:"] ? httpRequest : httpsRequest;
        const asked = request({ ...server, method, path, headers: { "user-agent": "kiln", ...headers } }, (answer) => {
          answer.on("error", reject);
          if (method === "HEAD") resolve({ ...headOf(answer.resume()), body: NOTHING });
          else readBody(answer, resolve, () => asked.destroy(new Error("the answer is too large")));
        });
        asked.on("timeout", () => asked.destroy(new Error("i/o timeout")));
        asked.on("error", reject);
        asked.end();
      }),
    close() {
      signal.removeEventListener("abort", close);
      close();
    },
  };
}

function serverOf(origin: string, agents: Record<string, HttpAgent>): RequestOptions {
  const { protocol, hostname, port } = new URL(origin);
  return {
    ...{ agent: agents[protocol], timeout: TIMEOUT, hostname: hostname.replace(/^\[|\]$/g, "") },
    ...(port === "" ? {} : { port }),
  };
}

const NOTHING = Buffer.alloc(0);

function headOf({ statusCode = 0, headers }: IncomingMessage): Omit<HttpAnswer, "body"> {
  return { status: statusCode, headers };
}

function readBody(answer: IncomingMessage, resolve: (answer: HttpAnswer) => void, refuse: () => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  answer.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_MANIFEST_BYTES) refuse();
    else chunks.push(chunk);
  });
  answer.on("end", () => resolve({ ...headOf(answer), body: Buffer.concat(chunks) }));
}
