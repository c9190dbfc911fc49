import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { freePort } from "./ports";
import { describeWithTools, TOOLS } from "./tools";

/** Suites that need crane and gcrane, which `.ci/tools` installs, are skipped where they are missing. */
export function describeWithRegistries(title: string, suite: (this: Mocha.Suite) => void): void {
  describeWithTools(["crane", "gcrane"], title, suite);
}

/** A registry of one's own, in memory. https://github.com/google/go-containerregistry/blob/main/pkg/registry/README.md */
export class Registry {
  private constructor(
    /** Such as `127.0.0.1:5000`. */
    readonly host: string,
    private server: ChildProcess,
  ) {}

  static async start(): Promise<Registry> {
    const host = `127.0.0.1:${await freePort()}`;
    return new Registry(host, await serve(host));
  }

  /** Ends it, and with it all that it holds. */
  async stop(): Promise<void> {
    const exited = new Promise((done) => this.server.once("exit", done));
    this.server.kill("SIGKILL");
    await exited;
  }

  /** Starts it again, empty, where it was. */
  async restart(): Promise<void> {
    this.server = await serve(this.host);
  }
}

async function serve(host: string): Promise<ChildProcess> {
  const server = spawn(join(TOOLS, "crane"), ["registry", "serve", "--address", host], { stdio: "ignore" });
  while (!(await fetch(`http://${host}/v2/`).catch(() => undefined))?.ok) {
    if (server.exitCode !== null) throw new Error(`crane registry serve ended with ${server.exitCode}`);
    await new Promise((next) => setTimeout(next, 20));
  }
  return server;
}

/** The two families of media types. */
export const MEDIA = {
  oci: {
    index: "application/vnd.oci.image.index.v1+json",
    image: "application/vnd.oci.image.manifest.v1+json",
    config: "application/vnd.oci.image.config.v1+json",
    layer: "application/vnd.oci.image.layer.v1.tar",
  },
  docker: {
    index: "application/vnd.docker.distribution.manifest.list.v2+json",
    image: "application/vnd.docker.distribution.manifest.v2+json",
    config: "application/vnd.docker.container.image.v1+json",
    layer: "application/vnd.docker.image.rootfs.diff.tar",
  },
} as const;

/** A manifest that was pushed. */
export interface Pushed {
  digest: string;
  mediaType: string;
  size: number;
}

/** What an image is made of. */
export interface ImageOptions {
  /** Tells it from others. */
  seed: string;
  /** Further layers, by their contents. */
  layers?: readonly string[];
  /** Characters of its own layer. */
  size?: number;
  media?: keyof typeof MEDIA;
}

/** Pushes an image of a layer or more. */
export async function pushImage(
  host: string,
  repository: string,
  tag: string | undefined,
  { seed, layers = [], size = 500, media = "oci" }: ImageOptions,
): Promise<Pushed> {
  const types = MEDIA[media];
  const contents = [...layers, `${seed} `.repeat(Math.ceil(size / (seed.length + 1)))];
  const pushed = await Promise.all(contents.map((text) => pushBlob(host, repository, text)));
  const config = await pushBlob(
    host,
    repository,
    JSON.stringify({
      os: "linux",
      architecture: "amd64",
      config: { Env: [`SEED=${seed}`] },
      rootfs: { type: "layers", diff_ids: pushed.map(({ digest }) => digest) },
    }),
  );
  return pushManifest(host, repository, tag, types.image, {
    ...{ schemaVersion: 2, mediaType: types.image, config: { mediaType: types.config, ...config } },
    layers: pushed.map((one) => ({ mediaType: types.layer, ...one })),
  });
}

/** Pushes an index of images, each with its platform, or of other indexes. */
export function pushIndex(
  host: string,
  repository: string,
  tag: string | undefined,
  manifests: readonly (Pushed & { platform?: string })[],
  media: keyof typeof MEDIA = "oci",
): Promise<Pushed> {
  const { index } = MEDIA[media];
  return pushManifest(host, repository, tag, index, {
    ...{ schemaVersion: 2, mediaType: index },
    manifests: manifests.map(({ platform, ...one }) => ({
      ...one,
      ...(platform ? { platform: partsOf(platform) } : {}),
    })),
  });
}

function partsOf(platform: string): Record<string, string> {
  const [os, architecture, variant] = platform.split("/");
  return { os, architecture, ...(variant ? { variant } : {}) };
}

async function pushManifest(
  host: string,
  repository: string,
  tag: string | undefined,
  mediaType: string,
  manifest: object,
): Promise<Pushed> {
  const body = JSON.stringify(manifest);
  const digest = digestOf(body);
  const headers = { "content-type": mediaType };
  await call(`http://${host}/v2/${repository}/manifests/${tag ?? digest}`, { method: "PUT", body, headers });
  return { digest, mediaType, size: body.length };
}

async function pushBlob(host: string, repository: string, text: string): Promise<{ digest: string; size: number }> {
  const digest = digestOf(text);
  const begun = await call(`http://${host}/v2/${repository}/blobs/uploads/`, { method: "POST" });
  const place = new URL(begun.headers.get("location") ?? "", `http://${host}`);
  place.searchParams.set("digest", digest);
  await call(place.href, { method: "PUT", body: text });
  return { digest, size: text.length };
}

export function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/** What a tag or digest stands for; nothing where there is none. */
export async function digestAt(host: string, repository: string, version: string): Promise<string | undefined> {
  const accept = Object.values(MEDIA).flatMap(({ index, image }) => [index, image]);
  const answer = await fetch(`http://${host}/v2/${repository}/manifests/${version}`, {
    headers: { accept: accept.join() },
  });
  return answer.ok ? digestOf(await answer.text()) : undefined;
}

async function call(url: string, options: RequestInit): Promise<Response> {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(`${options.method} ${url}: ${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer();
  return answer;
}
