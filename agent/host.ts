import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";

/** What the agent takes from the machine that it runs on: time, chance and a place to write its log. */
export interface Host {
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 to 1. */
  random(): number;
  sleep(milliseconds: number): Promise<void>;
  uuid(): string;
  /** Writes one line of the log. */
  log(line: string): void;
}

/** The machine itself; what is written to standard output becomes a log entry. https://cloud.google.com/run/docs/logging */
export const machine: Host = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: async (milliseconds) => {
    await setTimeout(milliseconds);
  },
  uuid: () => randomUUID(),
  log: (line) => void process.stdout.write(`${line}\n`),
};
