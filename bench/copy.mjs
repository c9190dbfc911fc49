// kiln containers copy, which verifies what it copied, against gcrane alone, on 200 small images between registries on this
// machine, the second one empty each time: npm run bench
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createServer } from "node:net";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { median, timed } from "./measure.mjs";

const IMAGES = 200;
const JOBS = 4;
const ROUNDS = 9;
/** Bytes of an image's layer: less than busybox has, and as little as there is, where starting the tool is all the work. */
const SIZES = [1_000_000, 3_000];
const MOST = 1.3;

const TOOLS = process.env.KILN_TOOLS ?? join(homedir(), ".cache/kiln-tools");
const GCRANE = join(TOOLS, "gcrane");
const KILN = resolve(import.meta.dirname, "../dist/cli/kiln.js");
const SOURCE = await freeHost();
const HOST = "europe-west1-docker.pkg.dev";

if (existsSync(GCRANE)) await measureAll();
else console.log("copying: skipped, since KILN_TOOLS has no gcrane");

async function measureAll() {
  const source = await startRegistry(SOURCE);
  const folder = mkdtempSync(join(tmpdir(), "kiln-bench-"));
  try {
    for (const size of SIZES) await measure(folder, size);
  } finally {
    source.kill();
    rmSync(folder, { recursive: true });
  }
}

async function measure(folder, size) {
  for (let number = 0; number < IMAGES; number++) await push(number, size);
  const times = [];
  for (let round = 0; round < ROUNDS; round++)
    times.push({
      plain: await timedInto(plain),
      kiln: await timedInto((destination) => kiln(folder, destination, `kiln${size}-${round}`)),
    });
  const loop = await timedInto(guidesLoop);
  const share = median(times.map(({ plain, kiln }) => kiln / plain));
  const ofLoop = median(times.map(({ kiln }) => kiln)) / loop;
  const what = `copying and verifying ${IMAGES} images of ${size / 1_000} kB`;
  console.log(`${what}: ${share.toFixed(2)} x gcrane alone, ${JOBS} at a time, at most ${MOST.toFixed(2)}`);
  console.log(`${what}: ${ofLoop.toFixed(2)} x a loop of gcrane, less than 1.00`);
  if (share > MOST || ofLoop >= 1) process.exitCode = 1;
}

/** Into a registry that has nothing: one that has the layers already, in whatever repository, is not sent them again. */
async function timedInto(copy) {
  const host = await freeHost();
  const registry = await startRegistry(host);
  try {
    return timed(() => copy(host));
  } finally {
    registry.kill();
  }
}

async function startRegistry(host) {
  const registry = spawn(join(TOOLS, "crane"), ["registry", "serve", "--address", host], { stdio: "ignore" });
  while (!(await fetch(`http://${host}/v2/`).catch(() => undefined))?.ok) {
    if (registry.exitCode !== null) throw new Error(`the registry on ${host} ended with ${registry.exitCode}`);
    await new Promise((next) => setTimeout(next, 20));
  }
  return registry;
}

/** As quick as gcrane alone gets: xargs starts it, and nothing is verified. */
function plain(destination) {
  const input = Array.from(
    { length: IMAGES },
    (_, number) => `${SOURCE}/app${number}:1 ${destination}/acme-images/app/app${number}:1\n`,
  ).join("");
  run("xargs", ["-P", String(JOBS), "-L", "1", GCRANE, "cp"], { input });
}

/** As Google's guide has it: one after the other. */
function guidesLoop(destination) {
  const script = `for number in $(seq 0 ${IMAGES - 1}); do "$0" cp "${SOURCE}/app$number:1" "${destination}/acme-images/app/app$number:1"; done`;
  run("bash", ["-c", script, GCRANE]);
}

function kiln(folder, destination, name) {
  const plan = join(folder, `${name}.yaml`);
  writeFileSync(plan, planOf(name));
  run(process.execPath, [KILN, "containers", "copy", plan, "--jobs", String(JOBS)], {
    env: {
      ...process.env,
      PATH: `${TOOLS}:${process.env.PATH}`,
      KILN_REGISTRY_ENDPOINTS: `ghcr.io=${SOURCE},${HOST}=${destination}`,
    },
  });
}

/** As `kiln containers plan` writes it. */
function planOf(name) {
  const images = Array.from(
    { length: IMAGES },
    (_, number) => `    - source: ghcr.io/app${number}:1
      destination: ${HOST}/acme-images/${name}/app${number}:1
      mode: Copy
      reason: its version is pinned
      batch: 1
      uses: 1
`,
  );
  return `apiVersion: kiln/v1
kind: MigrationPlan
spec:
  destination:
    location: europe-west1
    project: acme-images
  rules:
    - prefix: ghcr.io
      repository: ${name}
  images:
${images.join("\n")}`;
}

function run(command, args, options = {}) {
  const { status, stderr } = spawnSync(command, args, {
    stdio: ["pipe", "ignore", "pipe"],
    encoding: "utf8",
    ...options,
  });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
}

function freeHost() {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(`127.0.0.1:${port}`));
    });
  });
}

/** Pushes an image of one layer. */
async function push(number, size) {
  const layer = await pushBlob(number, `layer ${number} `.repeat(size).slice(0, size));
  const config = await pushBlob(number, JSON.stringify({ os: "linux", architecture: "amd64", number }));
  const mediaType = "application/vnd.oci.image.manifest.v1+json";
  const body = JSON.stringify({
    ...{ schemaVersion: 2, mediaType, config: { mediaType: "application/vnd.oci.image.config.v1+json", ...config } },
    layers: [{ mediaType: "application/vnd.oci.image.layer.v1.tar", ...layer }],
  });
  await call(`http://${SOURCE}/v2/app${number}/manifests/1`, {
    method: "PUT",
    body,
    headers: { "content-type": mediaType },
  });
}

async function pushBlob(number, text) {
  const digest = `sha256:${createHash("sha256").update(text).digest("hex")}`;
  const begun = await call(`http://${SOURCE}/v2/app${number}/blobs/uploads/`, { method: "POST" });
  const place = new URL(begun.headers.get("location"), `http://${SOURCE}`);
  place.searchParams.set("digest", digest);
  await call(place, { method: "PUT", body: text });
  return { digest, size: text.length };
}

async function call(url, options) {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(`${options.method} ${url}: ${answer.status}`);
  await answer.arrayBuffer();
  return answer;
}
