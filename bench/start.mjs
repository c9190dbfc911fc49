// npm start against the bare load of Pulumi's SDKs: npm run bench
import { spawnSync } from "node:child_process";
import { median, rounds, timed } from "./measure.mjs";

const BARE = ["-e", "require('@pulumi/pulumi');require('@pulumi/gcp')"];
/** npm start may take twice the bare load, and two seconds. */
const ALLOWANCE_SECONDS = 2;

function run(command, args) {
  const { status, stderr } = spawnSync(command, args, { stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}: ${stderr}`);
}

run("npm", ["start"]); // set-up: the type check's cache
const pairs = rounds(7, () => ({
  start: timed(() => run("npm", ["start"])),
  bare: timed(() => run(process.execPath, BARE)),
}));
const share = median(pairs.map(({ start, bare }) => start / (2 * bare + ALLOWANCE_SECONDS * 1000)));
console.log(`npm start: ${share.toFixed(2)} of (2 x bare load + 2 s), at most 1.00`);
if (share > 1) process.exitCode = 1;
