// How plans grow with the number of images, and how many calls a run of the controller makes: npx tsx bench/lifecycle.ts
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { median, rounds } from "./measure.mjs";

/** An image of 100,000 may take half as long again as one of 1,000. */
const MOST_GROWTH = 1.5;
const MOST_BYTES = 300 * 1024 ** 2;
const MOST_AT_ONCE = 8;
const ROUNDS = 3;

function measureRun(): void {
  const args = ["--import", "tsx", join(__dirname, "lifecycle-run.ts"), "10000"];
  const run = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as Ran;
  const changes = run.deprecations + run.deletions;
  console.log(`enforcing over 10,000 images: ${run.lists} list calls for ${run.pages} pages`);
  console.log(`enforcing over 10,000 images: ${changes} changing calls for ${run.actions} actions, ${run.done} done`);
  console.log(`enforcing over 10,000 images: ${run.atOnce} changes at the same time, at most ${MOST_AT_ONCE}`);
  const isOneEach = run.lists <= run.pages && changes === run.actions && run.done === run.actions;
  if (!isOneEach || run.atOnce > MOST_AT_ONCE) process.exitCode = 1;
}

/** What the process of lifecycle-plan.ts prints. */
interface Planned {
  perImage: number;
  peak: number;
}

const folder = mkdtempSync(join(tmpdir(), "kiln-bench-"));
const program = join(folder, "plan.mjs");
try {
  const entryPoints = [join(__dirname, "lifecycle-plan.ts")];
  buildSync({ entryPoints, bundle: true, platform: "node", format: "esm", outfile: program });
  measurePlans();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
measureRun();

function measurePlans(): void {
  // As many images in both, so that neither has the processor's caches for itself.
  const pairs = rounds(ROUNDS, () => ({ small: planned(100, 1_000, 7), large: planned(1, 100_000, 7) }));
  const growth = median(pairs.map(({ small, large }) => large.perImage / small.perImage));
  const { peak } = planned(1, 100_000, 1);
  console.log(
    `planning: an image of 100,000 takes ${growth.toFixed(2)} x one of 1,000, at most ${MOST_GROWTH.toFixed(2)}`,
  );
  console.log(`planning 100,000 images: ${(peak / 1024 ** 2).toFixed(0)} MiB, at most ${MOST_BYTES / 1024 ** 2} MiB`);
  if (growth > MOST_GROWTH || peak > MOST_BYTES) process.exitCode = 1;
}

/** What the process of lifecycle-run.ts prints. */
interface Ran {
  actions: number;
  done: number;
  lists: number;
  pages: number;
  deprecations: number;
  deletions: number;
  atOnce: number;
}

function planned(projects: number, count: number, times: number): Planned {
  return JSON.parse(
    execFileSync(process.execPath, [program, `${projects}`, `${count}`, `${times}`], { encoding: "utf8" }),
  ) as Planned;
}
