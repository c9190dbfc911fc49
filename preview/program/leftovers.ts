import { readdirSync, readFileSync } from "node:fs";

/** Variable that marks every process of one run, however far it detached itself. */
export const RUN_MARK = "KILN_PREVIEW_RUN";

/** Ends a process, and all of its group. */
export function killGroup(pid: number): void {
  for (const target of process.platform === "win32" ? [pid] : [-pid, pid]) kill(target);
}

/** {@link killGroup}, and on Linux whatever descends from the process, though it left the group. */
export function killTree(pid: number): void {
  const left = descendants(pid);
  killGroup(pid);
  left.forEach(kill);
}

/** A process that is being born or is dying is seen again after so long, so many times at most. */
const PAUSE_MS = 10;
const MAX_ROUNDS = 100;

/** Ends what left its group, where the system shows the environment of processes (Linux), and waits until it is gone. */
export async function killMarked(mark: string): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const left = processIds().filter((pid) => environmentOf(pid).includes(`${RUN_MARK}=${mark}\0`));
    if (left.length === 0) return;
    left.forEach(kill);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

function processIds(): number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => pid !== process.pid);
  } catch {
    return [];
  }
}

function descendants(ancestor: number): number[] {
  const parents = processIds().map((pid) => ({ pid, parent: parentOf(pid) }));
  const family = [ancestor];
  for (const member of family) family.push(...parents.filter(({ parent }) => parent === member).map(({ pid }) => pid));
  return family.slice(1);
}

/** 0 for processes that have ended. */
function parentOf(pid: number): number {
  try {
    // The name stands in parentheses and may hold anything: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    const [, parent] = /^.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, "latin1")) ?? [];
    return Number(parent ?? 0);
  } catch {
    return 0;
  }
}

/** Empty for processes of others and those that have ended. */
function environmentOf(pid: number): string {
  try {
    return `${readFileSync(`/proc/${pid}/environ`, "latin1")}\0`;
  } catch {
    return "";
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}
