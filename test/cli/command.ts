import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";

/** The build that users get. */
export const KILN = resolve(__dirname, "../../dist/cli/kiln.js");

/** What a run of the command ended with. */
export interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command to its end. */
export function kiln(...args: string[]): Promise<Result> {
  return resultOf(start(args));
}

/** Starts the command. */
export function start(args: string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [KILN, ...args], {
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
