// A part of npm ci: the first type check of a program parses all declarations of gcp, which npm start, and whoever tries an
// example, need not wait for. Whatever is wrong with a program is for its own preview to say.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";

const folders = readdirSync("examples", { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name === "Pulumi.yaml")
  .map(({ parentPath }) => parentPath);
const programs = [".", ...folders].reverse();

const AT_ONCE = 2;

async function warm() {
  for (let program = programs.pop(); program !== undefined; program = programs.pop()) {
    const child = spawn(process.execPath, ["dist/cli/kiln.js", "preview", program], { stdio: "ignore" });
    await new Promise((done) => child.once("close", done));
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, warm));
