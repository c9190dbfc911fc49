import { execFile, spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, delimiter, join } from "node:path";
import { FailureKind, kindOfText } from "../../core/copy/failures";
import { readRetryAfter } from "../../core/copy/retries";
import { askedToWait, type LoggedAnswer, toolLog } from "../../core/copy/toolLog";
import { CopyFailure } from "./copyFailure";

/** crane or gcrane. https://github.com/google/go-containerregistry/blob/main/cmd/gcrane/README.md */
export interface CopyTool {
  /** The program. */
  file: string;
  /** Name and version, such as `gcrane v0.22.1`. */
  title: string;
}

/** The tool is missing, or is none. */
export class ToolError extends Error {
  override readonly name = "ToolError";
}

const INSTALL = "install it: go install github.com/google/go-containerregistry/cmd/gcrane@v0.22.1";

/**
 * Finds the tool and asks for its version. gcrane comes first, since it finds Google's credentials by itself.
 *
 * @param named a program, instead of what PATH has.
 * @throws ToolError where there is none, or it is something else.
 */
export async function findTool(named: string | undefined, path = process.env.PATH ?? ""): Promise<CopyTool> {
  const file = named ?? ["gcrane", "crane"].map((name) => onPath(name, path)).find((found) => found !== undefined);
  if (file === undefined) throw new ToolError(`neither gcrane nor crane is on PATH; ${INSTALL}`);
  const version = await new Promise<string>((resolve, reject) =>
    execFile(file, ["version"], { timeout: 30_000 }, (error, stdout) =>
      error
        ? reject(new ToolError(`${file} cannot be run (${error.code ?? error.message.split("\n")[0]}); ${INSTALL}`))
        : resolve(stdout.trim()),
    ),
  );
  if (!/^v?\d+\.\d+\.\d+|^\(devel\)$|^[0-9a-f]{7,40}$/.test(version))
    throw new ToolError(`${file} is neither crane nor gcrane: its version is ${JSON.stringify(version.slice(0, 40))}`);
  return { file, title: `${basename(file).replace(/\.exe$/, "")} ${version}` };
}

function onPath(name: string, path: string): string | undefined {
  const ending = process.platform === "win32" ? ".exe" : "";
  return path
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, `${name}${ending}`))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** How the tool is run. */
export interface RunOptions {
  /** Ends it. */
  signal: AbortSignal;
  /** How many run at a time. */
  jobs: number;
  /** Milliseconds after which it is ended. */
  timeout: number;
}

/** What the tool said. */
export interface ToolAnswer {
  stdout: string;
  answers: readonly LoggedAnswer[];
}

/** Largest output: a manifest. */
const MOST_OUTPUT = 8 * 1024 ** 2;

/**
 * Runs the tool to its end. It writes its log to a pipe: should Kiln be killed, the pipe breaks, and the tool ends
 * before its next request rather than go on by itself.
 *
 * @throws CopyFailure where it did not succeed.
 */
export function runTool({ file }: CopyTool, args: string[], options: RunOptions): Promise<ToolAnswer> {
  options.signal.throwIfAborted();
  const child = spawn(file, ["--verbose", ...args], { stdio: ["ignore", "pipe", "pipe"], env: environment(options) });
  const log = toolLog();
  let stdout = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => log.add(chunk));
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    if (stdout.length < MOST_OUTPUT) stdout += chunk;
  });
  let ended: "aborted" | "late" | undefined;
  const end = (why: "aborted" | "late") => {
    ended ??= why;
    child.kill();
  };
  const onAbort = () => end("aborted");
  options.signal.addEventListener("abort", onAbort);
  const late = setTimeout(() => end("late"), options.timeout);
  return new Promise<ToolAnswer>((resolve, reject) => {
    child.on("error", ({ message }) => reject(new ToolError(`${file} cannot be run: ${message}`)));
    child.on("close", (code, signal) => {
      if (code === 0) return resolve({ stdout, answers: log.answers });
      if (ended === "aborted") return reject(options.signal.reason as Error);
      if (ended === "late") return reject(new CopyFailure(FailureKind.Connection, "it took too long, and was ended"));
      const text = log.error() ?? `${file} ended with ${code ?? signal}`;
      const wait = readRetryAfter(askedToWait(log.answers), Date.now());
      reject(new CopyFailure(kindOfText(text), text, wait));
    });
  }).finally(() => {
    clearTimeout(late);
    options.signal.removeEventListener("abort", onAbort);
  });
}

/** All that run share the machine's processors. */
function environment({ jobs }: RunOptions): NodeJS.ProcessEnv {
  return { GOMAXPROCS: String(Math.max(1, Math.floor(availableParallelism() / jobs))), ...process.env };
}
