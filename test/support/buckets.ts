import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { freePort } from "./ports";
import { describeWithTools, TOOLS } from "./tools";

const SERVER = "fake-gcs-server";

/** Suites that need fake-gcs-server, which `.ci/tools` installs, are skipped where it is missing. */
export function describeWithBuckets(title: string, suite: (this: Mocha.Suite) => void): void {
  describeWithTools([SERVER], title, suite);
}

/** A Cloud Storage of one's own. https://github.com/fsouza/fake-gcs-server */
export class BucketServer {
  private constructor(
    /** What `KILN_STORAGE_ENDPOINT` is set to. */
    readonly url: string,
    private readonly server: ChildProcess,
  ) {}

  static async start(): Promise<BucketServer> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const server = spawn(
      join(TOOLS, SERVER),
      ["-backend", "memory", "-scheme", "http", "-host", "127.0.0.1", "-port", String(port), "-external-url", url],
      { stdio: "ignore" },
    );
    const ended = new Promise<never>((_, reject) => {
      server.once("error", reject);
      server.once("exit", (code) => reject(new Error(`fake-gcs-server ended with ${code}`)));
    });
    ended.catch(() => undefined); // Only of interest until it answers.
    await Promise.race([ended, answered(url)]);
    return new BucketServer(url, server);
  }

  async create(bucket: string): Promise<void> {
    await call(`${this.url}/storage/v1/b?project=loopback`, "POST", JSON.stringify({ name: bucket }));
  }

  async put(bucket: string, object: string, document: unknown): Promise<void> {
    const query = `uploadType=media&name=${encodeURIComponent(object)}`;
    await call(`${this.url}/upload/storage/v1/b/${bucket}/o?${query}`, "POST", JSON.stringify(document));
  }

  async objects(bucket: string): Promise<string[]> {
    const { items = [] } = (await call(`${this.url}/storage/v1/b/${bucket}/o`, "GET")) as {
      items?: { name: string }[];
    };
    return items.map(({ name }) => name);
  }

  async stop(): Promise<void> {
    const exited = new Promise((done) => this.server.once("exit", done));
    this.server.kill();
    await exited;
  }
}

async function call(url: string, method: string, body?: string): Promise<unknown> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function answered(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/storage/v1/b?project=loopback`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((next) => setTimeout(next, 20));
  }
}
