// kiln containers scan against the two grep lines of Google's guide, on one tree: npm run bench
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, rounds, timed } from "./measure.mjs";
import { makeTree } from "./scan-tree.mjs";

const KILN = join(import.meta.dirname, "../dist/cli/kiln.js");
const FILES = 20_000;
const MOST_RATIO = 12;
const MOST_MEGABYTES = 300;
/** Twice the files may take as much more memory as this, and as much more time. */
const MOST_GROWTH = 2.3;

/** https://cloud.google.com/architecture/migrating-containers: what Dockerfiles and manifests name. */
const GREP =
  "grep -inr -H --include Dockerfile\\* FROM . | grep -i -v -E 'docker.pkg.dev|gcr.io' > /dev/null; " +
  "grep -inr -H --include \\*.yaml image: . | grep -i -v -E 'docker.pkg.dev|gcr.io' > /dev/null";

function grep(cwd) {
  spawnSync("sh", ["-c", GREP], { cwd, stdio: "ignore" });
}

/** Scans, and gives the most memory that it took. */
function scan(cwd) {
  const code = `process.argv = [process.argv[0], "containers", "scan"];
    process.on("exit", () => process.stderr.write("maxRSS " + process.resourceUsage().maxRSS + "\\n"));
    require(${JSON.stringify(KILN)});`;
  const { status, stderr } = spawnSync(process.execPath, ["-e", code], {
    cwd,
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  const kilobytes = /maxRSS (\d+)/.exec(stderr)?.[1];
  if (status !== 0 || kilobytes === undefined) throw new Error(`kiln containers scan ended with ${status}: ${stderr}`);
  return Number(kilobytes) / 1024;
}

function report(what, value, most) {
  console.log(`${what}: ${value.toFixed(2)}, at most ${most}`);
  if (value > most) process.exitCode = 1;
}

const folder = mkdtempSync(join(tmpdir(), "kiln-bench-"));
try {
  const [whole, half] = [join(folder, "whole"), join(folder, "half")];
  makeTree(whole, FILES);
  makeTree(half, FILES / 2);
  scan(whole); // set-up: the files are in memory
  const runs = rounds(9, () => {
    let memory = 0;
    const kiln = timed(() => (memory = scan(whole)));
    return { kiln, grep: timed(() => grep(whole)), half: timed(() => scan(half)), memory };
  });
  report(
    `kiln containers scan, ${FILES} files, as many times as grep takes`,
    median(runs.map(({ kiln, grep }) => kiln / grep)),
    MOST_RATIO,
  );
  report("as many times as half of the files take", median(runs.map(({ kiln, half }) => kiln / half)), MOST_GROWTH);
  report("MB of memory", median(runs.map(({ memory }) => memory)), MOST_MEGABYTES);
} finally {
  rmSync(folder, { recursive: true });
}
