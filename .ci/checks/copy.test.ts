import { expect } from "chai";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import {
  copy,
  type CopySurroundings,
  DESTINATION,
  DESTINATION_HOST,
  ledgerOf,
  startCopy,
  useRegistries,
  writePlan,
} from "../../test/support/copies";
import { type FaultyProxy } from "../../test/support/faultyProxy";
import { serveHosts } from "../../test/support/registryHosts";
import {
  describeWithRegistries,
  digestAt,
  digestOf,
  type Pushed,
  pushImage,
  pushIndex,
  type Registry,
} from "../../test/support/registries";
import { TOOLS } from "../../test/support/tools";
import { resultOf } from "../../test/cli/command";

describeWithRegistries("kiln containers copy (crane and gcrane)", function () {
  this.timeout(60_000);
  let [source, destination]: Registry[] = [];
  let [front, back]: FaultyProxy[] = [];
  let surroundings: CopySurroundings;

  useRegistries((made) => ({ source, destination, front, back, surroundings } = made));

  const at = (path: string, version: string) => digestAt(destination.host, `acme-images/mirror/${path}`, version);

  const index = async (repository: string, tag: string, media: "oci" | "docker", platforms: readonly string[]) => {
    const images: (Pushed & { platform: string })[] = [];
    for (const platform of platforms)
      images.push({
        ...(await pushImage(source.host, repository, undefined, { seed: `${repository} ${platform}`, media })),
        platform,
      });
    return { ...(await pushIndex(source.host, repository, tag, images, media)), images };
  };

  it("copies images and indexes of both media types by their digests, and records every step", async () => {
    const oci = await pushImage(source.host, "a/oci", "1", { seed: "oci" });
    const docker = await pushImage(source.host, "a/docker", "1", { seed: "docker", media: "docker" });
    const many = await index("a/many", "1", "oci", ["linux/amd64", "linux/arm64", "linux/arm/v7"]);
    const list = await index("a/list", "1", "docker", ["linux/amd64", "linux/arm64"]);
    const nested = await pushIndex(source.host, "a/nested", "1", [
      await pushIndex(source.host, "a/nested", undefined, [
        await pushImage(source.host, "a/nested", undefined, { seed: "in" }),
      ]),
    ]);
    const plan = writePlan(
      ["oci", "docker", "many", "list", "nested"].map((name) => ({ source: `ghcr.io/a/${name}:1` })),
    );
    const { code, stdout } = await copy([plan], surroundings);
    expect(stdout).to.match(/^5 images copied \(\d/);
    expect(code).to.equal(0);
    for (const [name, { digest }] of Object.entries({ oci, docker, many, list, nested }))
      expect(await at(`a/${name}`, "1"), name).to.equal(digest);
    for (const { digest } of many.images) expect(await at("a/many", digest)).to.equal(digest);
    const steps = ledgerOf(plan).map((line) => ("step" in line ? `${line.step} ${line.source}` : line.kind));
    expect(steps[0]).to.equal("CopyLedger");
    for (const step of ["resolved", "copying", "copied"])
      expect(steps.filter((one) => one === `${step} ghcr.io/a/nested:1`)).to.have.length(1);
    expect(existsSync(plan.replace(".yaml", ".ledger.jsonl.lock"))).to.equal(false);
  });

  it("does nothing more where all is there, and takes a tag that moved since by the digest that it recorded", async () => {
    const { digest } = await pushImage(source.host, "b/moves", "1", { seed: "before" });
    const plan = writePlan([{ source: "ghcr.io/b/moves:1" }]);
    back.fault = ({ method }) => (method === "PUT" ? { status: 403, code: "DENIED" } : undefined);
    expect((await copy([plan], surroundings)).code).to.equal(1);
    back.fault = () => undefined;
    await pushImage(source.host, "b/moves", "1", { seed: "after" });
    expect((await copy([plan], surroundings)).code).to.equal(0);
    expect(await at("b/moves", "1")).to.equal(digest);
    back.asked.length = 0;
    const again = await copy([plan], surroundings);
    expect(again.stdout).to.match(/^0 images copied \(0 B\), 1 there already in /);
    expect(back.asked.map(({ method }) => method)).to.deep.equal(["HEAD"]);
  });

  it("copies the platforms that are named, in order of the index", async () => {
    const { images } = await index("c/some", "1", "oci", [
      "linux/amd64",
      "linux/arm/v6",
      "linux/arm/v7",
      "windows/amd64",
    ]);
    await index("c/one", "1", "docker", ["linux/amd64", "linux/arm64"]);
    const plan = writePlan([
      { source: "ghcr.io/c/some:1", platforms: ["linux/arm", "linux/amd64"] },
      { source: "ghcr.io/c/one:1", platforms: ["linux/arm64"] },
      { source: "ghcr.io/c/some:none", platforms: ["plan9/arm"] },
    ]);
    await pushIndex(source.host, "c/some", "none", images);
    const { code, stderr } = await copy([plan], surroundings);
    expect(code).to.equal(5);
    expect(stderr).to.include(
      "failed: ghcr.io/c/some:none: it has no plan9/arm, only linux/amd64, linux/arm/v6, linux/arm/v7, windows/amd64",
    );
    const there = (await (
      await fetch(`http://${destination.host}/v2/acme-images/mirror/c/some/manifests/1`)
    ).json()) as { manifests: { digest: string }[] };
    expect(there.manifests.map(({ digest }) => digest)).to.deep.equal(images.slice(0, 3).map(({ digest }) => digest));
    back.asked.length = 0;
    expect((await copy([plan, "--ledger", `${plan}.other`], surroundings)).stdout).to.match(
      /2 there already, 1 failed/,
    );
    expect(back.asked.filter(({ method }) => method === "PUT")).to.deep.equal([]);
  });

  it("puts a tag on what a digest pins, and pushes by digest where there is no tag", async () => {
    const { digest } = await pushImage(source.host, "d/pinned", "1", { seed: "pinned" });
    const plan = writePlan([{ source: `ghcr.io/d/pinned:1@${digest}` }, { source: `ghcr.io/d/pinned@${digest}` }]);
    expect((await copy([plan], surroundings)).code).to.equal(0);
    expect(await at("d/pinned", "1")).to.equal(digest);
    expect(await at("d/pinned", digest)).to.equal(digest);
  });

  it("sends a layer that several tags share once, though they are copied at the same time", async () => {
    const shared = "shared by all tags ".repeat(500);
    const tags = ["1", "2", "3", "4"];
    for (const tag of tags) await pushImage(source.host, "s/x", tag, { seed: `shared ${tag}`, layers: [shared] });
    back.fault = ({ method }) => (method === "HEAD" ? undefined : { delay: 60 });
    const plan = writePlan(tags.map((tag) => ({ source: `ghcr.io/s/x:${tag}` })));
    expect((await copy([plan], surroundings)).code).to.equal(0);
    back.fault = () => undefined;
    const sent = back.asked.filter(({ method, path }) => method === "PUT" && path.includes(digestOf(shared).slice(7)));
    expect(sent).to.have.length(1);
  });

  it("refuses a tag that is another image, unless it is told to overwrite", async () => {
    const { digest } = await pushImage(source.host, "e/x", "1", { seed: "new" });
    const before = await pushImage(destination.host, "acme-images/mirror/e/x", "1", { seed: "old" });
    const plan = writePlan([{ source: "ghcr.io/e/x:1" }]);
    const { code, stderr } = await copy([plan], surroundings);
    expect(code).to.equal(1);
    expect(stderr).to.include(`${DESTINATION}/e/x:1 is another image already`);
    expect(stderr).to.include("say --overwrite");
    expect(await at("e/x", "1")).to.equal(before.digest);
    expect((await copy([plan, "--overwrite"], surroundings)).code).to.equal(0);
    expect(await at("e/x", "1")).to.equal(digest);
  });

  it("shows what it would do, and does nothing", async () => {
    await pushImage(source.host, "f/x", "1", { seed: "dry" });
    const plan = writePlan([{ source: "ghcr.io/f/x:1" }, { source: "ghcr.io/f/none:1" }]);
    const { code, stdout } = await copy([plan, "--dry-run"], surroundings);
    expect(code).to.equal(0);
    expect(stdout).to.match(/^copy {2}ghcr\.io\/f\/x:1 +\d+ B +europe/m);
    expect(stdout).to.match(/^fail {2}ghcr\.io\/f\/none:1 .*not at the source/m);
    expect(await at("f/x", "1")).to.equal(undefined);
    expect(existsSync(plan.replace(".yaml", ".ledger.jsonl"))).to.equal(false);
  });

  it("finds crane and gcrane alike, and says how to install them", async () => {
    await pushImage(source.host, "g/x", "1", { seed: "tools" });
    const plan = writePlan([{ source: "ghcr.io/g/x:1" }]);
    expect((await copy([plan, "--tool", `${TOOLS}/crane`], surroundings)).code).to.equal(0);
    const none = await copy([plan], { ...surroundings, env: { PATH: "/nonexistent" } });
    expect(none.stderr).to.equal(
      "error: neither gcrane nor crane is on PATH; install it: go install github.com/google/go-containerregistry/cmd/gcrane@v0.22.1\n",
    );
    expect((await copy([plan, "--tool", "/bin/echo"], surroundings)).stderr).to.include("is neither crane nor gcrane");
  });

  for (const [scheme, challenge] of [
    ["Basic", () => 'Basic realm="registry"'],
    ["Bearer", () => `Bearer realm="http://${front.host}/token",service="registry",scope="repository:l/x:pull"`],
  ] as const)
    it(`signs in as Docker's configuration says: ${scheme}`, async () => {
      const { digest } = await pushImage(source.host, `l/${scheme.toLowerCase()}`, "1", { seed: `login ${scheme}` });
      const [login, folder] = [
        Buffer.from("ann:open sesame").toString("base64"),
        mkdtempSync(join(tmpdir(), "kiln-docker-")),
      ];
      writeFileSync(join(folder, "config.json"), JSON.stringify({ auths: { [front.host]: { auth: login } } }));
      const seen: (string | undefined)[] = [];
      front.fault = ({ path, authorization }) => {
        seen.push(authorization);
        if (path.startsWith("/token"))
          return authorization === `Basic ${login}` ? { status: 200, body: { token: "t0ken" } } : { status: 401 };
        const isRight = authorization === (scheme === "Basic" ? `Basic ${login}` : "Bearer t0ken");
        return isRight
          ? undefined
          : { status: 401, code: "UNAUTHORIZED", headers: { "www-authenticate": challenge() } };
      };
      const plan = writePlan([{ source: `ghcr.io/l/${scheme.toLowerCase()}:1` }]);
      const env = { DOCKER_CONFIG: folder };
      const ended = await copy([plan], { ...surroundings, env });
      expect(ended.code, ended.stderr).to.equal(0);
      expect(await at(`l/${scheme.toLowerCase()}`, "1")).to.equal(digest);
      const said = ended.stdout + ended.stderr + JSON.stringify(ledgerOf(plan));
      for (const secret of [login, "sesame", "t0ken"]) expect(said).to.not.include(secret);
      writeFileSync(join(folder, "config.json"), "{}");
      const refused = await copy([plan, "--ledger", `${plan}.second`], { ...surroundings, env });
      front.fault = () => undefined;
      expect(refused.code).to.equal(1);
      expect(refused.stderr).to.match(/^failed: .*status code 401.*\n {2}sign in: docker login/m);
    });

  it("asks through the tool where it does not get through by itself, as behind a proxy", async () => {
    const many = await index("p/many", "1", "oci", ["linux/amd64", "linux/arm64"]);
    const hosts = await serveHosts({
      "ghcr.io": `http://${source.host}`,
      [DESTINATION_HOST]: `http://${destination.host}`,
    });
    const plan = writePlan([{ source: "ghcr.io/p/many:1" }, { source: "ghcr.io/p/none:1" }]);
    const { code, stdout, stderr } = await copy([plan], { standIns: {}, env: hosts.environment });
    await hosts.stop();
    expect([code, stdout.slice(0, 14)], stderr).to.deep.equal([5, "1 image copied"]);
    expect(await at("p/many", "1")).to.equal(many.digest);
    expect(stderr).to.include("failed: ghcr.io/p/none:1: 1 is not at the source");
  });

  it("goes on after a torn line, and refuses another plan's ledger and one that is in use", async () => {
    await pushImage(source.host, "h/x", "1", { seed: "torn" });
    const plan = writePlan([{ source: "ghcr.io/h/x:1" }]);
    expect((await copy([plan], surroundings)).code).to.equal(0);
    const ledger = plan.replace(".yaml", ".ledger.jsonl");
    appendFileSync(ledger, '{"step":"copied","sour');
    expect((await copy([plan], surroundings)).code).to.equal(0);
    expect(readFileSync(ledger, "utf8")).to.match(/\}\n$/);
    const other = writePlan([{ source: "ghcr.io/h/y:1" }]);
    const refused = await copy([other, "--ledger", ledger], surroundings);
    expect([refused.code, refused.stderr]).to.deep.equal([
      1,
      `error: the ledger ${ledger} belongs to another plan, or the plan was changed since: name another file, or delete this one; what is at the destination already is not copied again\n`,
    ]);
    const nowhere = await copy([plan, "--ledger", "/missing/a.jsonl"], surroundings);
    expect([nowhere.code, nowhere.stderr]).to.deep.equal([
      1,
      "error: /missing/a.jsonl cannot be used as a ledger: its folder is not there\n",
    ]);
    writeFileSync(`${ledger}.lock`, JSON.stringify({ pid: process.pid, host: hostname() }));
    expect((await copy([plan], surroundings)).stderr).to.include(
      `another copy is at work with this ledger: process ${process.pid} `,
    );
    writeFileSync(`${ledger}.lock`, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname() }));
    expect((await copy([plan], surroundings)).code).to.equal(0);
  });

  it("keeps within Docker Hub's limit, and shows what it waits for", async () => {
    for (const name of ["p", "q", "r"]) await index(`library/${name}`, "1", "oci", ["linux/amd64", "linux/arm64"]);
    const plan = writePlan(["p", "q", "r"].map((name) => ({ source: `docker.io/library/${name}:1` })));
    const child = startCopy([plan, "--hub-budget", "9"], surroundings);
    const told = new Promise<string>((done) =>
      child.stderr?.on("data", (chunk) => String(chunk).includes("waiting") && done(String(chunk))),
    );
    const ended = resultOf(child);
    expect(await told).to.match(/^waiting for the budget of Docker Hub until \d{4}-.*Z, (5 h 59 min|6 h)\n/m);
    child.kill("SIGINT");
    expect((await ended).code).to.equal(130);
    const gets = front.asked.filter(({ method, path }) => method === "GET" && path.includes("/manifests/"));
    expect(gets.length).to.be.at.most(9);
    expect((await ended).stdout).to.match(/^2 images copied .* 1 left/);
    const dry = await copy([plan, "--hub-budget", "9", "--dry-run"], surroundings);
    expect(dry.stdout).to.match(/^there {2}.*library\/p.*\n.*there {2}.*library\/q.*\n.*copy in /m);
  });
});
