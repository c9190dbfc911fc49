import { expect } from "chai";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FailureKind, kindOfText } from "../../core/copy/failures";
import { copy, type CopySurroundings, ledgerOf, useRegistries, writePlan } from "../../test/support/copies";
import { type Fault, type FaultyProxy, startFaultyProxy } from "../../test/support/faultyProxy";
import { serveHosts } from "../../test/support/registryHosts";
import { describeWithRegistries, digestAt, pushImage, pushIndex, type Registry } from "../../test/support/registries";
import { freePort } from "../../test/support/ports";
import { TOOLS } from "../../test/support/tools";

/** What a real tool writes where copying fails. */
function errorOf(tool: string, args: string[], env: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve, reject) =>
    execFile(
      join(TOOLS, tool),
      args,
      { env: { PATH: process.env.PATH, HOME: "/nonexistent", ...env } },
      (error, _, stderr) =>
        error
          ? resolve(stderr.slice(stderr.indexOf("Error: ")))
          : reject(new Error(`${tool} ${args.join(" ")} ended well: ${stderr}`)),
    ),
  );
}

describeWithRegistries("kiln containers copy from and to registries with faults", function () {
  this.timeout(120_000);
  let [source, destination]: Registry[] = [];
  let [front, back]: FaultyProxy[] = [];
  let surroundings: CopySurroundings;

  useRegistries((made) => ({ source, destination, front, back, surroundings } = made));

  const at = (path: string, version: string) => digestAt(destination.host, `acme-images/mirror/${path}`, version);

  /** Of requests to the source or the destination. */
  const answering = (fault: Fault, what: RegExp) => (asked: { method: string; path: string }) =>
    what.test(`${asked.method} ${asked.path}`) ? fault : undefined;

  for (const tool of ["crane", "gcrane"])
    it(`knows every error of ${tool} by its text`, async () => {
      const config = mkdtempSync(join(tmpdir(), "kiln-docker-"));
      mkdirSync(config, { recursive: true });
      writeFileSync(join(config, "config.json"), "{}");
      const port = await freePort();
      const kinds: [FailureKind, string | undefined, { source?: Fault; to?: Fault; what?: RegExp }][] = [
        [FailureKind.NotFound, "SOURCE/none:1", {}],
        [FailureKind.NotFound, `SOURCE@sha256:${"1".repeat(64)}`, {}],
        [FailureKind.NotFound, undefined, { source: { status: 404, code: "MANIFEST_UNKNOWN" } }],
        [FailureKind.NotFound, undefined, { source: { status: 404, code: "BLOB_UNKNOWN" }, what: /GET .*blobs/ }],
        [
          FailureKind.NotFound,
          undefined,
          { to: { status: 404, code: "NAME_UNKNOWN", message: 'Repository "r" not found' } },
        ],
        [FailureKind.Unauthorized, undefined, { source: { status: 401, code: "UNAUTHORIZED" } }],
        [FailureKind.Unauthorized, undefined, { to: { status: 401, code: "UNAUTHORIZED" }, what: /HEAD .*manifests/ }],
        [FailureKind.Denied, undefined, { source: { status: 403, code: "DENIED" } }],
        [
          FailureKind.Denied,
          undefined,
          {
            to: {
              ...{ status: 403, code: "DENIED" },
              message:
                'Permission "artifactregistry.repositories.uploadArtifacts" denied on resource "r" (or it may not exist)',
            },
            what: /POST/,
          },
        ],
        [
          FailureKind.Immutable,
          undefined,
          {
            to: { status: 400, code: "MANIFEST_INVALID", message: "tag immutability is enabled" },
            what: /PUT .*manifests/,
          },
        ],
        [
          FailureKind.Immutable,
          undefined,
          {
            to: {
              status: 400,
              code: "TAG_INVALID",
              message:
                "The image tag '1' already exists and cannot be overwritten because the repository is immutable.",
            },
            what: /PUT .*manifests/,
          },
        ],
        [
          FailureKind.Full,
          undefined,
          { to: { status: 403, code: "DENIED", message: "Storage quota exceeded" }, what: /POST/ },
        ],
        [
          FailureKind.Full,
          undefined,
          { to: { status: 507, message: "no space left on device" }, what: /P(OST|UT|ATCH)/ },
        ],
        [FailureKind.Unsupported, undefined, { to: { status: 415, code: "UNSUPPORTED" }, what: /PUT .*manifests/ }],
        [
          FailureKind.RateLimited,
          undefined,
          { source: { status: 429, code: "TOOMANYREQUESTS", message: "You have reached your pull rate limit" } },
        ],
        [
          FailureKind.RateLimited,
          undefined,
          {
            to: {
              status: 429,
              code: "TOOMANYREQUESTS",
              message: "Quota exceeded for quota metric 'Requests per project per region'",
            },
            what: /POST/,
          },
        ],
        [FailureKind.RateLimited, undefined, { source: { status: 429, code: "" } }],
        [FailureKind.Unavailable, undefined, { source: { status: 500, code: "" } }],
        [FailureKind.Unavailable, undefined, { source: { status: 503, code: "UNAVAILABLE" } }],
        [FailureKind.Connection, undefined, { source: { reset: true } }],
        [FailureKind.Connection, undefined, { to: { reset: true }, what: /PUT/ }],
        [FailureKind.Connection, undefined, { source: { truncate: true }, what: /GET .*blobs/ }],
        [FailureKind.Corrupt, undefined, { source: { flip: true }, what: /GET .*blobs/ }],
        [FailureKind.Corrupt, "SOURCE@DIGEST", { source: { flip: true }, what: /GET .*manifests/ }],
        [FailureKind.Refused, `127.0.0.1:${port}/x/y:1`, {}],
        [FailureKind.UnknownHost, "no-such-registry.invalid/x/y:1", {}],
      ];
      const wrong: string[] = [];
      // The tool tries some by itself for seconds, so all are made at once, each through proxies of its own.
      await Promise.all(
        kinds.map(async ([kind, name = "SOURCE:1", { source: fault, to: faultTo, what = /manifests/ }], number) => {
          const repository = `texts/${tool}-${number}`;
          const { digest } = await pushImage(source.host, repository, "1", { seed: repository, size: 5_000 });
          const [one, other] = await Promise.all([startFaultyProxy(source.host), startFaultyProxy(destination.host)]);
          if (fault) one.fault = answering(fault, what);
          if (faultTo) other.fault = answering(faultTo, what);
          const from = name.replace("SOURCE", `${one.host}/${repository}`).replace("DIGEST", digest);
          const text = await errorOf(tool, ["copy", from, `${other.host}/to/${repository}:1`], {
            DOCKER_CONFIG: config,
          });
          if (kindOfText(text) !== kind) wrong.push(`${kind}: got ${kindOfText(text)} for ${text}`);
          await Promise.all([one.down(), other.down()]);
        }),
      );
      expect(wrong).to.deep.equal([]);
    });

  it("knows an untrusted certificate by its text", async () => {
    const hosts = await serveHosts({ "ghcr.io": `http://${source.host}` });
    const text = await errorOf("gcrane", ["copy", "ghcr.io/x/y:1", `${back.host}/x/y:1`], {
      HTTPS_PROXY: hosts.environment.HTTPS_PROXY,
    });
    await hosts.stop();
    expect(kindOfText(text)).to.equal(FailureKind.Certificate);
  });

  it("waits as long as Retry-After says, for all images of that registry, and then goes on", async () => {
    const names = Array.from({ length: 40 }, (_, number) => `n${number}`);
    for (const name of names) await pushImage(source.host, `wait/${name}`, "1", { seed: `wait ${name}` });
    const plan = writePlan(names.map((name) => ({ source: `ghcr.io/wait/${name}:1` })));
    let until = 0;
    const early: string[] = [];
    front.fault = ({ method, path }) => {
      if (!path.includes("/manifests/")) return undefined;
      if (until === 0) until = Date.now() + 3_000;
      if (Date.now() >= until) return undefined;
      early.push(`${method} ${path}`);
      return { status: 429, code: "TOOMANYREQUESTS", headers: { "retry-after": "3" } };
    };
    const { code, stdout, stderr } = await copy([plan], surroundings);
    expect([code, stdout.slice(0, 15)]).to.deep.equal([0, "40 images copie"]);
    expect(stderr).to.match(/^retry: ghcr\.io\/wait\/n0:1 in \d s: .*429/m);
    // Those alone that were under way when the first was refused.
    expect(early.length).to.be.within(1, 16);
  });

  it("asks for Retry-After itself where the tool was refused, which does not tell it", async () => {
    await pushImage(source.host, "asks/x", "1", { seed: "asks" });
    const plan = writePlan([{ source: "ghcr.io/asks/x:1" }]);
    let [until, reads] = [0, 0];
    const refused: string[] = [];
    front.fault = ({ method, path }) => {
      // The first one is Kiln's own.
      if (!path.includes("/manifests/") || reads++ === 0) return undefined;
      until ||= Date.now() + 7_000;
      const left = until - Date.now();
      if (left <= 0) return undefined;
      refused.push(method);
      return { status: 429, code: "TOOMANYREQUESTS", headers: { "retry-after": String(Math.ceil(left / 1000)) } };
    };
    const { code, stderr } = await copy([plan], surroundings);
    expect(code, stderr).to.equal(0);
    // The tool's own tries, and then one question until the time was over.
    expect(refused.filter((method) => method === "HEAD")).to.have.length(1);
    expect(refused.lastIndexOf("HEAD")).to.equal(refused.length - 1);
    expect(ledgerOf(plan).filter((line) => "step" in line && line.step === "copying")).to.have.length(2);
  });

  it("rides out errors, resets and broken layers, and sends nothing twice", async () => {
    const names = Array.from({ length: 8 }, (_, number) => `n${number}`);
    for (const name of names)
      await pushImage(source.host, `rough/${name}`, "1", { seed: `rough ${name}`, size: 20_000 });
    const faults: Fault[] = [{ status: 503 }, { reset: true }, { truncate: true }, { delay: 200 }, { flip: true }];
    const seen = new Map<string, number>();
    // Each request of the first kind it meets goes wrong once.
    front.fault = ({ method, path }) => {
      const key = `${method} ${path}`;
      const count = seen.get(key) ?? 0;
      seen.set(key, count + 1);
      return count === 0 && method === "GET" && path.includes("/v2/rough")
        ? faults[seen.size % faults.length]
        : undefined;
    };
    const plan = writePlan(names.map((name) => ({ source: `ghcr.io/rough/${name}:1` })));
    const { code, stdout } = await copy([plan], surroundings);
    expect([code, stdout.slice(0, 15)]).to.deep.equal([0, "8 images copied"]);
    expect(twice(back)).to.deep.equal([]);
  });

  it("goes on where a registry went away and came back", async () => {
    const names = Array.from({ length: 6 }, (_, number) => `n${number}`);
    for (const name of names) await pushImage(source.host, `gone/${name}`, "1", { seed: `gone ${name}` });
    let puts = 0;
    back.fault = ({ method, path }) => {
      if (method === "PUT" && path.includes("/manifests/") && ++puts === 3)
        void back.down().then(() => setTimeout(() => void back.up(), 1_500));
      return undefined;
    };
    const plan = writePlan(names.map((name) => ({ source: `ghcr.io/gone/${name}:1` })));
    const { code, stderr } = await copy([plan, "--jobs", "2"], surroundings);
    expect(code, stderr).to.equal(0);
    for (const name of names) expect(await at(`gone/${name}`, "1")).to.be.a("string");
  });

  it("copies again what a registry lost that was killed and restarted", async () => {
    const names = Array.from({ length: 4 }, (_, number) => `n${number}`);
    for (const name of names) await pushImage(source.host, `lost/${name}`, "1", { seed: `lost ${name}` });
    const plan = writePlan(names.map((name) => ({ source: `ghcr.io/lost/${name}:1` })));
    expect((await copy([plan], surroundings)).code).to.equal(0);
    await destination.stop();
    await destination.restart();
    expect((await copy([plan], surroundings)).stdout).to.match(/^4 images copied/);
    for (const name of names) expect(await at(`lost/${name}`, "1")).to.be.a("string");
  });

  it("says that the destination lacks a part, rather than that all is well", async () => {
    const { digest } = await pushImage(source.host, "lacks/x", "1", { seed: "lacks", size: 3_000 });
    const text = await (await fetch(`http://${source.host}/v2/lacks/x/manifests/1`)).text();
    const { layers } = JSON.parse(text) as { layers: { digest: string }[] };
    back.fault = ({ method, path }) =>
      method === "HEAD" &&
      path.endsWith(layers[0].digest) &&
      back.asked.some((one) => one.method === "PUT" && one.path.includes("/manifests/"))
        ? { status: 404, code: "BLOB_UNKNOWN" }
        : undefined;
    const plan = writePlan([{ source: "ghcr.io/lacks/x:1" }]);
    const { code, stderr } = await copy([plan], surroundings);
    expect(code).to.equal(1);
    expect(stderr).to.include(`failed: ghcr.io/lacks/x:1: the destination lacks layer ${layers[0].digest}`);
    expect(digest).to.be.a("string");
  });

  it("copies while digests are found out, in the plan's order where Docker Hub counts", async () => {
    await pushImage(source.host, "library/late", "1", { seed: "late" });
    for (const name of ["early", "other"]) await pushImage(source.host, `library/${name}`, "1", { seed: name });
    front.fault = ({ path }) => (path.includes("/library/late/manifests/1") ? { delay: 1_500 } : undefined);
    const plan = writePlan([
      { source: "docker.io/library/late:1" },
      { source: "docker.io/library/early:1" },
      { source: "ghcr.io/library/other:1" },
    ]);
    const { code, stderr } = await copy([plan], surroundings);
    expect(code, stderr).to.equal(0);
    const steps = ledgerOf(plan).flatMap((line) => ("step" in line ? `${line.step} ${line.source.slice(-7, -2)}` : []));
    expect(steps.filter((step) => step.startsWith("copying"))).to.deep.equal([
      "copying other",
      "copying /late",
      "copying early",
    ]);
    expect(steps.indexOf("copied other")).to.be.lessThan(steps.indexOf("resolved /late"));
  });

  it("keeps to the limit that Docker Hub tells, window after window", async () => {
    const names = ["a", "b", "c"];
    for (const name of names) {
      const images = [];
      for (const platform of ["linux/amd64", "linux/arm64"])
        images.push({
          ...(await pushImage(source.host, `library/${name}`, undefined, { seed: `${name} ${platform}` })),
          platform,
        });
      await pushIndex(source.host, `library/${name}`, "1", images);
    }
    const gets: number[] = [];
    front.fault = ({ method, path }) => {
      if (!path.includes("/manifests/")) return undefined;
      if (method === "GET") gets.push(Date.now());
      return { headers: { "ratelimit-limit": "4;w=2", "ratelimit-remaining": `${4 - inWindow(gets)};w=2` } };
    };
    const plan = writePlan(names.map((name) => ({ source: `docker.io/library/${name}:1` })));
    const { code, stdout, stderr } = await copy([plan], surroundings);
    expect([code, stdout.slice(0, 15)], stderr).to.deep.equal([0, "3 images copied"]);
    expect(stderr).to.include("waiting for the budget of Docker Hub");
    // Each costs its index for Kiln, its index for the tool, and two images.
    expect(gets).to.have.length(12);
    for (const [number, time] of gets.entries()) {
      const within = gets.slice(0, number + 1).filter((other) => other > time - 2_000);
      expect(within.length).to.be.at.most(4);
    }
  });
});

function inWindow(times: readonly number[]): number {
  return times.filter((time) => time > Date.now() - 2_000).length;
}

/** Layers and manifests that a registry took twice. */
function twice({ asked }: FaultyProxy): string[] {
  const taken = asked
    .filter(({ method, status }) => method === "PUT" && status === 201)
    .map(({ path }) => path.replace(/uploads\/[^?]*/, ""));
  return taken.filter((path, index) => taken.indexOf(path) !== index);
}
