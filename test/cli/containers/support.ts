import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Result, resultOf } from "../bundle";

/** The build that users get. */
const KILN = join(resolve(__dirname, "../../.."), "dist/cli/kiln.js");

/** Runs `kiln containers …` to its end, with nothing of this machine's in its environment. */
export function containers(...args: string[]): Promise<Result> {
  if (!existsSync(KILN)) throw new Error("dist is not built: npm run build");
  const env = { PATH: process.env.PATH, HOME: "/nonexistent" };
  return resultOf(spawn(process.execPath, [KILN, "containers", ...args], { env, stdio: ["ignore", "pipe", "pipe"] }));
}
