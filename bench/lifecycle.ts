// How plans grow with the number of images: npx tsx bench/lifecycle.ts
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { median, rounds } from "./measure.mjs";

/** An image of 100,000 may take half as long again as one of 1,000. */
const MOST_GROWTH = 1.5;
const MOST_BYTES = 300 * 1024 ** 2;
const ROUNDS = 3;

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
  measure();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function measure(): void {
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

function planned(projects: number, count: number, times: number): Planned {
  return JSON.parse(
    execFileSync(process.execPath, [program, `${projects}`, `${count}`, `${times}`], { encoding: "utf8" }),
  ) as Planned;
}
