import { Agent as HttpAgent, type IncomingHttpHeaders, request as httpRequest } from "node:http";
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
  ask(method: "GET" | "HEAD", url: URL, headers: Record<string, string>): Promise<HttpAnswer>;
  close(): void;
}

/** A question without an answer is given up after so many milliseconds. */
const TIMEOUT = 30_000;

/** Connections of Kiln's own, until `signal` aborts. */
export function httpClient(signal: AbortSignal): Http {
  const agents = {
    "http:": new HttpAgent({ keepAlive: true, maxSockets: 16 }),
    "https:": new HttpsAgent({ keepAlive: true, maxSockets: 16 }),
  };
  const close = () => Object.values(agents).forEach((agent) => agent.destroy());
  signal.addEventListener("abort", close);
  return {
    ask: (method, url, headers) =>
      new Promise((resolve, reject) => {
        const isPlain = url.protocol === "http:";
        const agent = agents[isPlain ? "http:" : "https:"];
        const { hostname, port, pathname, search } = url;
        const options = {
          ...{ method, agent, timeout: TIMEOUT, hostname: hostname.replace(/^\[|\]$/g, ""), path: pathname + search },
          ...(port === "" ? {} : { port }),
          headers: { "user-agent": "kiln", ...headers },
        };
        const asked = (isPlain ? httpRequest : httpsRequest)(options, (answer) => {
          const chunks: Buffer[] = [];
          let bytes = 0;
          answer.on("data", (chunk: Buffer) => {
            bytes += chunk.length;
            if (bytes > MOST_MANIFEST_BYTES) asked.destroy(new Error("the answer is too large"));
            else chunks.push(chunk);
          });
          answer.on("error", reject);
          answer.on("end", () =>
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
          );
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
