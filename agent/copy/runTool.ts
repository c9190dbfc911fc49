import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { FailureKind, kindOfText } from "../../core/copy/failures";
import { readRetryAfter } from "../../core/copy/retries";
import { askedToWait, type LoggedAnswer, type ToolLog, toolLog } from "../../core/copy/toolLog";
import { CopyFailure } from "./copyFailure";
import { ToolError } from "./tool";

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
 * Runs the tool once, for what it prints.
 *
 * @throws CopyFailure where it did not succeed.
 */
export function runTool(tool: string, args: readonly string[], options: RunOptions): Promise<ToolAnswer> {
  options.signal.throwIfAborted();
  const child = spawn(tool, argumentsOf(args, true), {
    ...{ stdio: ["ignore", "pipe", "pipe"], env: environmentOf(options) },
    ...{ signal: options.signal, timeout: options.timeout },
  });
  const log = toolLog();
  let stdout = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => log.add(chunk));
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    if (stdout.length < MOST_OUTPUT) stdout += chunk;
  });
  return new Promise<ToolAnswer>((resolve, reject) => {
    let broken: Error | undefined;
    child.on("error", (error) => (broken = error));
    child.on("close", (code, signal) => {
      if (options.signal.aborted) return reject(options.signal.reason as Error);
      if (broken) return reject(new ToolError(`${tool} cannot be run: ${broken.message}`));
      if (code === 0) return resolve({ stdout, answers: log.answers });
      reject(failureOf(log, signal ?? `status ${code}`, signal === "SIGTERM"));
    });
  });
}

/** What its log says about why it failed. */
export function failureOf(log: ToolLog, code: string | number, isLate: boolean): CopyFailure {
  if (isLate) return new CopyFailure(FailureKind.Connection, "it took too long, and was ended");
  const text = log.error() ?? `the tool ended with ${code}, and said nothing`;
  return new CopyFailure(kindOfText(text), text, readRetryAfter(askedToWait(log.answers), Date.now()));
}

/** Arguments with or without what makes it tell the answers of registries. */
export function argumentsOf(args: readonly string[], isVerbose: boolean): string[] {
  return isVerbose ? ["--verbose", ...args] : [...args];
}

/** All that run share the machine's processors. */
export function environmentOf({ jobs }: RunOptions): NodeJS.ProcessEnv {
  return { GOMAXPROCS: String(Math.max(1, Math.floor(availableParallelism() / jobs))), ...process.env };
}
