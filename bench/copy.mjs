// kiln containers copy, which verifies what it copied, against gcrane alone, on 200 small images between registries on this
// machine: npm run bench
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createServer } from "node:net";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { median, rounds, timed } from "./measure.mjs";

const IMAGES = 200;
const JOBS = 4;
const ROUNDS = 5;
const MOST = 1.3;

const TOOLS = process.env.KILN_TOOLS ?? join(homedir(), ".cache/kiln-tools");
const GCRANE = join(TOOLS, "gcrane");
const KILN = resolve(import.meta.dirname, "../dist/cli/kiln.js");
const [SOURCE, DESTINATION] = [await freeHost(), await freeHost()];
const HOST = "europe-west1-docker.pkg.dev";

if (existsSync(GCRANE)) await measure();
else console.log("copying: skipped, since KILN_TOOLS has no gcrane");

async function measure() {
  const registries = [SOURCE, DESTINATION].map((host) =>
    spawn(join(TOOLS, "crane"), ["registry", "serve", "--address", host], { stdio: "ignore" }),
  );
  const folder = mkdtempSync(join(tmpdir(), "kiln-bench-"));
  try {
    await Promise.all(registries.map((registry, index) => answered([SOURCE, DESTINATION][index], registry)));
    for (let number = 0; number < IMAGES; number++) await push(number);
    const times = rounds(ROUNDS, (round) => ({
      plain: timed(() => plain(`plain${round}`)),
      kiln: timed(() => kiln(folder, `kiln${round}`)),
    }));
    const loop = timed(() => guidesLoop("loop"));
    const share = median(times.map(({ plain, kiln }) => kiln / plain));
    const ofLoop = median(times.map(({ kiln }) => kiln)) / loop;
    console.log(
      `copying and verifying ${IMAGES} images: ${share.toFixed(2)} x gcrane alone, ${JOBS} at a time, at most ${MOST.toFixed(2)}`,
    );
    console.log(`copying and verifying ${IMAGES} images: ${ofLoop.toFixed(2)} x a loop of gcrane, less than 1.00`);
    if (share > MOST || ofLoop >= 1) process.exitCode = 1;
  } finally {
    for (const registry of registries) registry.kill();
    rmSync(folder, { recursive: true });
  }
}

/** As quick as gcrane alone gets: xargs starts it, and nothing is verified. */
function plain(name) {
  const input = Array.from(
    { length: IMAGES },
    (_, number) => `${SOURCE}/app${number}:1 ${placeOf(name, number)}\n`,
  ).join("");
  run("xargs", ["-P", String(JOBS), "-L", "1", GCRANE, "cp"], { input });
}

/** As Google's guide has it: one after the other. */
function guidesLoop(name) {
  const script = `for number in $(seq 0 ${IMAGES - 1}); do "$0" cp "${SOURCE}/app$number:1" "${DESTINATION}/acme-images/${name}/app$number:1"; done`;
  run("bash", ["-c", script, GCRANE]);
}

function kiln(folder, name) {
  const plan = join(folder, `${name}.yaml`);
  writeFileSync(plan, planOf(name));
  run(process.execPath, [KILN, "containers", "copy", plan, "--jobs", String(JOBS)], {
    env: {
      ...process.env,
      PATH: `${TOOLS}:${process.env.PATH}`,
      KILN_REGISTRY_ENDPOINTS: `ghcr.io=${SOURCE},${HOST}=${DESTINATION}`,
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

function placeOf(name, number) {
  return `${DESTINATION}/acme-images/${name}/app${number}:1`;
}

function run(command, args, options = {}) {
  const { status, stderr } = spawnSync(command, args, {
    stdio: ["pipe", "ignore", "pipe"],
    encoding: "utf8",
    ...options,
  });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
}

async function answered(host, registry) {
  while (!(await fetch(`http://${host}/v2/`).catch(() => undefined))?.ok) {
    if (registry.exitCode !== null) throw new Error(`the registry on ${host} ended with ${registry.exitCode}`);
    await new Promise((next) => setTimeout(next, 20));
  }
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
async function push(number) {
  const layer = await pushBlob(number, `layer ${number} `.repeat(300));
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
