import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo } from "node:net";

/** A request as the server got it. */
export interface Asked {
  method: string;
  /** Path with its query, decoded. */
  path: string;
  authorization: string | undefined;
  body: unknown;
}

/** What is answered; JSON unless it is a Buffer. */
export interface Answer {
  status?: number;
  body?: unknown;
}

/** Serves on loopback what `answer` says until it is closed, and keeps what was asked. */
export async function serve(answer: (asked: Asked) => Answer) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((text) => {
      const { method = "", url = "", headers } = request;
      const token = headers.authorization ?? headers["private-token"]?.toString();
      const body: unknown = text === "" ? undefined : asJson(text);
      asked.push({ method, path: decodeURIComponent(url.replaceAll("+", " ")), authorization: token, body });
      const { status = 200, body: said } = answer(asked[asked.length - 1]);
      response.writeHead(status);
      response.end(Buffer.isBuffer(said) ? said : JSON.stringify(said ?? null));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, close: () => new Promise((resolve) => server.close(resolve)) };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
