import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./steps";

const SAMPLE = join(ROOT, "examples/pull-request");
const WHO = ["-c", "user.name=Test", "-c", "user.email=test@acme.example", "-c", "init.defaultBranch=main"];

/** Runs git in a folder. */
export function git(folder: string, ...args: string[]): string {
  return execFileSync("git", ["-C", folder, ...WHO, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).trim();
}

/**
 * Makes a repository whose `main` has the sample's base in `infra` and whose branch has its change, and checks the branch
 * out.
 */
export function sampleRepository(folder: string, branch = "change"): { base: string; change: string } {
  mkdirSync(folder, { recursive: true });
  git(folder, "init", "--quiet");
  writeFileSync(join(folder, ".gitignore"), "node_modules\n");
  const base = commit(folder, "base");
  git(folder, "checkout", "--quiet", "-b", branch);
  return { base, change: commit(folder, "change") };
}

function commit(folder: string, side: "base" | "change"): string {
  const infra = join(folder, "infra");
  rmSync(infra, { recursive: true, force: true });
  cpSync(join(SAMPLE, side), infra, { recursive: true, filter: (path) => !path.includes("node_modules") });
  writeFileSync(join(infra, "package-lock.json"), "{}\n");
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", side);
  return git(folder, "rev-parse", "HEAD");
}

/** What `npm ci` leaves behind. */
export function installed(folder: string): void {
  if (!existsSync(join(folder, "node_modules"))) symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
}
