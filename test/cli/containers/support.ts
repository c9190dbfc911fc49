import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { KILN, type Result, resultOf } from "../command";

/** Runs `kiln containers …` to its end, with nothing of this machine's in its environment. */
export function containers(...args: string[]): Promise<Result> {
  if (!existsSync(KILN)) throw new Error("dist is not built: npm run build");
  const env = { PATH: process.env.PATH, HOME: "/nonexistent" };
  return resultOf(spawn(process.execPath, [KILN, "containers", ...args], { env, stdio: ["ignore", "pipe", "pipe"] }));
}
