import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { type Command } from "./command";
import { killGroup, killMarked, killTree, RUN_MARK } from "./leftovers";
import { Tail } from "./tail";

/** How a process ended. */
export interface Ending {
  /** Null when a signal ended it. */
  code: number | null;
  /** Set when it was stopped from here. */
  stopped?: string;
  stdout: string;
  stderr: string;
}

/** A process of its own group that never outlives this one. */
export interface Child {
  ended: Promise<Ending>;
  /** Ends it and everything that it started; the first reason is kept. */
  stop(reason: string): void;
}

/** Of each stream, the end alone is kept: a program may write without end. */
const KEPT_BYTES = 64 * 1024;

/** What is still in the pipes is read for so long after the end; a process that left the group may hold them open. */
const DRAIN_MS = 500;

/** Sees what a process writes to its standard output at once. */
type Listener = (chunk: Buffer) => void;

/** Starts Node without an input to read from. */
export function startNode(command: Command, listener?: Listener): Child {
  return startProcess(process.execPath, command, KEPT_BYTES, listener);
}

/** Starts an executable without an input to read from. */
export function startProcess(
  file: string,
  { args, env, cwd }: Command,
  keptBytes = KEPT_BYTES,
  listener?: Listener,
): Child {
  const mark = randomUUID();
  const child = spawn(file, args, {
    cwd,
    env: { ...env, [RUN_MARK]: mark },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  if (listener) child.stdout.on("data", listener);
  let running = true;
  const end = () => {
    // Its id may belong to another process by now.
    if (running && child.pid !== undefined) killTree(child.pid);
  };
  // Last resort, should this process end in an unforeseen way.
  process.once("exit", end);
  let stopped: string | undefined;
  const ended = observe(child, keptBytes).then(async (seen): Promise<Ending> => {
    process.removeListener("exit", end);
    running = false;
    await killMarked(mark);
    return { ...seen, ...(stopped === undefined ? {} : { stopped }) };
  });
  const stop = (reason: string) => {
    stopped ??= reason;
    end();
  };
  return { ended, stop };
}

function observe(child: ChildProcess, keptBytes: number): Promise<Pick<Ending, "code" | "stdout" | "stderr">> {
  const stdout = new Tail(keptBytes);
  const stderr = new Tail(KEPT_BYTES);
  child.stdout?.on("data", (chunk: Buffer) => stdout.add(chunk));
  child.stderr?.on("data", (chunk: Buffer) => stderr.add(chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      if (child.pid !== undefined) killGroup(child.pid);
      const settle = () => resolve({ code, stdout: stdout.text, stderr: stderr.text });
      const timer = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        settle();
      }, DRAIN_MS);
      child.once("close", () => {
        clearTimeout(timer);
        settle();
      });
    });
  });
}
