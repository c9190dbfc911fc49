import { execFileSync } from "node:child_process";
import { createServer, request, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect } from "node:net";
import { type Duplex } from "node:stream";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Registries on loopback that answer under the names of real ones, by https, to whoever uses `environment`. */
export interface RegistryHosts {
  /** `HTTPS_PROXY` and the certificate, for programs in Go and in Node. */
  environment: Record<string, string>;
  /** Every request that came, as `METHOD HOST/path`. */
  requests: string[];
  stop(): Promise<void>;
}

/**
 * A proxy that knows these hosts and no others.
 *
 * @param backends where each host's requests go, such as `{ "index.docker.io": "http://127.0.0.1:5000" }`.
 */
export async function serveHosts(backends: Record<string, string>): Promise<RegistryHosts> {
  const folder = mkdtempSync(join(tmpdir(), "kiln-hosts-"));
  const { key, certificate } = makeCertificate(folder, Object.keys(backends));
  const requests: string[] = [];
  const registry = createTlsServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (asked, answer) => {
    const { host = "" } = asked.headers;
    requests.push(`${asked.method} ${host}${asked.url}`);
    const forwarded = request(
      new URL(asked.url ?? "/", backends[host]),
      { method: asked.method, headers: { ...asked.headers, host } },
      (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      },
    );
    forwarded.on("error", () => answer.destroy());
    asked.pipe(forwarded);
  });
  const port = await listen(registry);
  const proxy = createServer((_, answer) => answer.writeHead(405).end());
  const tunnels = new Set<Duplex>();
  proxy.on("connect", ({ url = "" }, socket, head) => {
    if (!(url.replace(/:443$/, "") in backends)) {
      socket.end("HTTP/1.1 502 no such host on loopback\r\n\r\n");
      return;
    }
    const upstream = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [upstream, socket]) {
      tunnels.add(end);
      end.on("error", () => [upstream, socket].forEach((one) => one.destroy()));
      end.on("close", () => tunnels.delete(end));
    }
  });
  const address = `http://127.0.0.1:${await listen(proxy)}`;
  return {
    environment: {
      HTTPS_PROXY: address,
      NO_PROXY: "127.0.0.1",
      SSL_CERT_FILE: certificate,
      NODE_EXTRA_CA_CERTS: certificate,
    },
    requests,
    async stop() {
      for (const tunnel of tunnels) tunnel.destroy();
      await Promise.all([registry, proxy].map(close));
      rmSync(folder, { recursive: true });
    },
  };
}

function makeCertificate(folder: string, hosts: string[]): { key: string; certificate: string } {
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const names = hosts.map((host) => `DNS:${host}`).join(",");
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"],
      ...["-subj", "/CN=kiln-test", "-addext", `subjectAltName=${names}`, "-keyout", key, "-out", certificate],
    ],
    { stdio: "pipe" },
  );
  return { key, certificate };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
