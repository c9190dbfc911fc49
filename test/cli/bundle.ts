import { build } from "esbuild";
import { type ChildProcess, spawn } from "node:child_process";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");

/** Beside the packages that the bundle leaves out. */
const BUNDLE = join(ROOT, "node_modules/.cache/kiln-test/kiln.js");

/** What a run of the command ended with. */
export interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Makes the bundle that users get, as `npm run build:cli` makes it. */
export function buildBundle(): Promise<unknown> {
  return build({
    entryPoints: [join(ROOT, "cli/kiln.ts")],
    bundle: true,
    platform: "node",
    target: "node20",
    external: ["@pulumi/*", "../agent/index.js"],
    outfile: BUNDLE,
  });
}

/** Runs the command to its end. */
export function kiln(...args: string[]): Promise<Result> {
  return resultOf(start(args));
}

/** Starts the command. */
export function start(args: string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [BUNDLE, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** What a started command ends with. */
export function resultOf(child: ChildProcess): Promise<Result> {
  const result: Result = { code: null, stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => (result.stdout += String(chunk)));
  child.stderr?.on("data", (chunk) => (result.stderr += String(chunk)));
  return new Promise((done) => child.on("close", (code) => done({ ...result, code })));
}
