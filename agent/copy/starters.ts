import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Duplex, type Readable, type Writable } from "node:stream";
import { toolLog } from "../../core/copy/toolLog";
import { argumentsOf, environmentOf, failureOf, type RunOptions, runTool, type ToolAnswer } from "./runTool";
import { ToolError } from "./tool";
import { semaphore } from "./turns";

/** Runs the tool, so many times at once. */
export interface ToolRunner {
  /**
   * Runs it to its end. What it prints is left aside.
   *
   * @param isVerbose whether it tells what registries answer, which takes a seventh more time.
   * @throws CopyFailure where it did not succeed.
   */
  run(args: readonly string[], isVerbose: boolean): Promise<Pick<ToolAnswer, "answers">>;
  /** Makes ready to run so many at once, as long as there is nothing else to do. */
  warm(count: number): void;
  close(): void;
}

const SHELL = "/bin/sh";

/**
 * A shell that starts the tool for each line, and tells how it ended. Names of images hold nothing that a shell would
 * split or expand. Where Kiln is killed, the third pipe ends, and with it all that the shell has started.
 */
const SCRIPT = `set -f
{ read -r _ <&3; kill 0; } &
exec 3<&-
while read -r line; do
  set -- $line
  "$KILN_COPY_TOOL" "$@" < /dev/null > /dev/null
  echo $?
done`;

const PLAIN_ARGUMENT = /^[A-Za-z0-9@:/._[\]-]+$/;

/**
 * Node starts a process slowly, since it is a large one itself: 200 take it half a second. A shell does it in passing.
 */
export function toolRunner(tool: string, options: RunOptions): ToolRunner {
  const idle: Starter[] = [];
  const turns = semaphore(options.jobs);
  const all = new Set<Starter>();
  const hasShell = existsSync(SHELL);
  const start = () => {
    const starter = starterOf(tool, options);
    all.add(starter);
    return starter;
  };
  return {
    run: (args, isVerbose) =>
      turns(async () => {
        options.signal.throwIfAborted();
        if (!hasShell || args.some((arg) => !PLAIN_ARGUMENT.test(arg))) return runTool(tool, args, options);
        const starter = idle.pop() ?? start();
        try {
          return await starter.run(argumentsOf(args, isVerbose));
        } finally {
          if (starter.isAlive()) idle.push(starter);
          else if (all.delete(starter)) starter.close();
        }
      }),
    warm(count) {
      while (hasShell && all.size < count) idle.push(start());
    },
    close: () => all.forEach((starter) => starter.close()),
  };
}

interface Starter {
  run(args: readonly string[]): Promise<Pick<ToolAnswer, "answers">>;
  isAlive(): boolean;
  close(): void;
}

function starterOf(tool: string, options: RunOptions): Starter {
  const said = saidFile();
  const child = spawn(SHELL, ["-c", SCRIPT], {
    // A group of its own: Ctrl-C comes to Kiln alone, which ends all of the group.
    ...{ stdio: ["pipe", "pipe", said.file, "pipe"], detached: true },
    env: { ...environmentOf(options), KILN_COPY_TOOL: tool },
  }) as Shell;
  let isAlive = true;
  child.on("close", () => {
    isAlive = false;
    said.close();
  });
  child.on("error", () => (isAlive = false));
  const lifeline = child.stdio[3] as Duplex;
  lifeline.on("error", () => undefined);
  child.stdin.on("error", () => undefined); // Its end is told by "close".
  child.stdout.setEncoding("utf8");
  return {
    isAlive: () => isAlive && child.exitCode === null && child.signalCode === null,
    run: (args) => oneRun(child, said, args, options),
    close() {
      child.stdin.end();
      lifeline.destroy();
    },
  };
}

type Shell = ChildProcess & { stdin: Writable; stdout: Readable };

/** What the tool says: Kiln would be woken for each line of a pipe, and reads it once where it is in a file. */
interface SaidFile {
  file: number;
  /** What was said since the last time. */
  take(): string;
  close(): void;
}

/** More of what was said last than an error and the answers before it take. */
const MOST_SAID = 1024 ** 2;

/** A file without a name, which is gone with the last process that has it. */
function saidFile(): SaidFile {
  const path = join(tmpdir(), `kiln-copy-${randomUUID()}`);
  const file = openSync(path, "ax+", 0o600);
  unlinkSync(path);
  return {
    file,
    take() {
      const { size } = fstatSync(file);
      const last = Buffer.alloc(Math.min(size, MOST_SAID));
      readSync(file, last, 0, last.length, size - last.length);
      ftruncateSync(file);
      return last.toString();
    },
    close: () => closeSync(file),
  };
}

function oneRun(
  child: Shell,
  said: SaidFile,
  args: readonly string[],
  { signal, timeout }: RunOptions,
): Promise<Pick<ToolAnswer, "answers">> {
  const killed: { why?: "aborted" | "late" } = {};
  const kill = (why: "aborted" | "late") => {
    killed.why ??= why;
    killGroup(child);
  };
  const onAbort = () => kill("aborted");
  const timer = setTimeout(() => kill("late"), timeout);
  signal.addEventListener("abort", onAbort);
  const forget: (() => void)[] = [];
  const over = new Promise<Pick<ToolAnswer, "answers">>((resolve, reject) => {
    const end = (code: number | string) => {
      const log = toolLog();
      log.add(said.take());
      if (killed.why === undefined && code === 0) resolve({ answers: log.answers });
      else if (killed.why === "aborted") reject(signal.reason as Error);
      else reject(failureOf(log, code, killed.why === "late"));
    };
    const onData = (line: string) => end(Number(line));
    const onClose = (code: number | null, name: NodeJS.Signals | null) => end(name ?? `status ${code}`);
    const onError = ({ message }: Error) => reject(new ToolError(`${SHELL} cannot be run: ${message}`));
    child.stdout.on("data", onData);
    child.prependListener("close", onClose).on("error", onError);
    forget.push(() => {
      child.stdout.off("data", onData);
      child.off("close", onClose).off("error", onError);
    });
  });
  child.stdin.write(`${args.join(" ")}\n`);
  return over.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    forget.forEach((one) => one());
  });
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid);
  } catch {
    // It has ended already.
  }
}
