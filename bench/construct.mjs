// What Kiln's components add to the children that they declare: npm run bench
import { spawnSync } from "node:child_process";
import { median, rounds } from "./measure.mjs";

/** What our own code may add to time and memory. */
const MOST_RATIO = 1.15;
/** How much dearer a resource may become among many. */
const MOST_GROWTH = 1.2;

function measure(how, children) {
  const args = ["--expose-gc", `${import.meta.dirname}/construct-one.mjs`, how, String(children)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

function report(label, value, most) {
  console.log(`${label}: ${value.toFixed(2)}, at most ${most.toFixed(2)}`);
  if (value > most) process.exitCode = 1;
}

/** Each of the two goes first in every other pair, so that a machine that grows slower favours neither. */
function pair(round) {
  const order = round % 2 === 0 ? ["kiln", "bare"] : ["bare", "kiln"];
  return Object.fromEntries(order.map((how) => [how, measure(how, 1_000)]));
}

const pairs = rounds(15, pair);
const { kiln, bare } = pairs[0];
console.log(`${kiln.resources} resources through components, ${bare.resources} by hand`);
console.log(
  `${Math.round(kiln.bytes / kiln.resources)} and ${Math.round(bare.bytes / bare.resources)} bytes a resource`,
);
report("time of 1,000 children, by time by hand", median(pairs.map((pair) => pair.kiln.ms / pair.bare.ms)), MOST_RATIO);
report(
  "memory of 1,000 children, by memory by hand",
  median(pairs.map((pair) => pair.kiln.bytes / pair.bare.bytes)),
  MOST_RATIO,
);

const growth = rounds(3, () => {
  const [few, many] = [measure("kiln", 100), measure("kiln", 10_000)];
  return many.ms / many.resources / (few.ms / few.resources);
});
report("time of a resource at 10,000, by that at 100", median(growth), MOST_GROWTH);
