// kiln preview with Kiln's policy pack against the same program on Pulumi's bare mock runtime, and its growth:
// node bench/policies.mjs. The program is plain JavaScript in both, so that neither has anything to compile.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { median, rounds, timed } from "./measure.mjs";

const ROOT = resolve(import.meta.dirname, "..");
const KILN = join(ROOT, "dist/cli/kiln.js");
const PACK = join(ROOT, "policy/pack");

const ROUNDS = 5;
/** The preview may take twice as long as the bare mock runtime. */
const MOST_TIMES_BARE = 2;
/** Ten times the resources may take ten times as long, and a fifth for what varies from run to run. */
const MOST_GROWTH = 12;
/** Of what the preview adds to the program: Kiln's own process and the pack's. */
const MOST_BYTES = 1.5 * 1024 ** 3;
const GIBIBYTE = 1024 ** 3;

const PROGRAM = `
const { Bucket } = require("@pulumi/gcp/storage");
const { Topic } = require("@pulumi/gcp/pubsub");
const { Repository } = require("@pulumi/gcp/artifactregistry");
const { IAMMember } = require("@pulumi/gcp/projects");
const { Image } = require("@pulumi/gcp/compute");
const project = "acme-images", labels = { team: "shop" };
const kinds = [
  (n) => new Bucket("bucket-" + n, { project, labels, location: "EU", uniformBucketLevelAccess: true }),
  (n) => new Topic("topic-" + n, { project, labels, name: "topic-" + n }),
  (n) => new Repository("repository-" + n, { project, labels, location: "europe-west1", repositoryId: "r-" + n, format: "DOCKER" }),
  (n) => new IAMMember("member-" + n, { project, role: "roles/viewer", member: "group:g-" + n + "@acme.example" }),
  (n) => new Image("image-" + n, { project, labels, family: "web", rawDisk: { source: "https://storage.googleapis.com/b/" + n } }),
];
for (let n = 0; n < Number(process.env.RESOURCES); n++) kinds[n % kinds.length](n);
`;

const BARE = `
require("@pulumi/pulumi").runtime.setMocks(
  { newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: ({ inputs }) => inputs }, "bench", "dev", true);
require("./index.js");
`;

/** Everything that the preview started, itself included. */
function family(ancestor) {
  const parents = readdirSync("/proc").flatMap((pid) => {
    const [, parent] = /^.*\) \S (\d+)/s.exec(read(`/proc/${pid}/stat`)) ?? [];
    return parent === undefined ? [] : [{ pid: Number(pid), parent: Number(parent) }];
  });
  const members = [ancestor];
  for (const member of members)
    members.push(...parents.filter(({ parent }) => parent === member).map(({ pid }) => pid));
  return members;
}

function read(path) {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}

/** Runs a command once, and gives what each of its processes had at most, by command line (Linux; elsewhere nothing). */
function peaksOf(args, options) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, options);
    const peaks = new Map();
    const watch = setInterval(() => {
      for (const pid of process.platform === "linux" ? family(child.pid) : []) {
        const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`)) ?? [];
        const bytes = Number(kilobytes) * 1024;
        if (kilobytes !== undefined) peaks.set(pid, { command: read(`/proc/${pid}/cmdline`), bytes });
      }
    }, 50);
    child.on("close", () => {
      clearInterval(watch);
      done([...peaks.values()]);
    });
  });
}

const folder = mkdtempSync(join(tmpdir(), "kiln-bench-"));
try {
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: bench\nruntime: nodejs\nmain: index.js\n");
  writeFileSync(join(folder, "package.json"), "{}");
  writeFileSync(join(folder, "index.js"), PROGRAM);
  writeFileSync(join(folder, "bare.js"), BARE);
  const options = (resources) => ({
    cwd: folder,
    env: { ...process.env, RESOURCES: String(resources) },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const judged = [KILN, "preview", folder, "--policy-pack", PACK];
  const run = (args, resources) => {
    const { status } = spawnSync(process.execPath, args, options(resources));
    // 3: the pack objects to the program, as it should.
    if (status !== 0 && status !== 3) throw new Error(`${args.join(" ")} ended with ${status}`);
  };

  const pairs = rounds(ROUNDS, () => ({
    bare: timed(() => run(["bare.js"], 1000)),
    judged: timed(() => run(judged, 1000)),
  }));
  const share = median(pairs.map((pair) => pair.judged / pair.bare));
  console.log(
    `preview with the pack, 1,000 resources: ${share.toFixed(2)} x bare mocks, at most ${MOST_TIMES_BARE.toFixed(2)}`,
  );

  const small = median(pairs.map((pair) => pair.judged));
  const start = performance.now();
  const peaks = await peaksOf(judged, options(10_000));
  const growth = (performance.now() - start) / small;
  const isProgram = ({ command }) => /cmd\/run\/index\.js/.test(command);
  const sum = (some) => some.reduce((total, { bytes }) => total + bytes, 0);
  const added = sum(peaks.filter((peak) => !isProgram(peak)));
  const program = sum(peaks.filter(isProgram));
  const bare = sum(await peaksOf(["bare.js"], options(10_000)));
  const shown = (bytes) => `${(bytes / GIBIBYTE).toFixed(2)} GiB`;
  console.log(`10,000 resources: ${growth.toFixed(1)} x the time of 1,000, at most ${MOST_GROWTH}`);
  console.log(`10,000 resources: Kiln and the pack had ${shown(added)} at their peaks, at most ${shown(MOST_BYTES)}`);
  console.log(`10,000 resources: the program itself had ${shown(program)}, on bare mocks ${shown(bare)}`);
  if (share > MOST_TIMES_BARE || growth > MOST_GROWTH || added > MOST_BYTES) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
