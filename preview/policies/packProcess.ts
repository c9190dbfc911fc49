import { type Child, type Ending, startNode } from "../program/child";
import { type Command } from "../program/command";
import { cut } from "./packInfo";

/** The process of a policy pack. */
export interface PackProcess {
  child: Child;
  /** Where it serves its policies; fails with what to tell the user. */
  port: Promise<number>;
}

/** A port and a line end have less. */
const LONGEST_LINE = 64;

/** Starts a pack, which writes the port that it serves to its standard output before everything else. */
export function startPack(command: Command): PackProcess {
  const line = new FirstLine();
  const child = startNode(command, (chunk) => line.add(chunk));
  const ended = child.ended.then((ending): never => {
    throw new Error(endingText(ending, "before it served its policies"));
  });
  const port = Promise.race([line.text.then(portOf), ended]);
  // Whoever waits for the port is told; nobody may wait.
  port.catch(() => undefined);
  return { child, port };
}

/** Why a pack is not there, with what it wrote last. */
export function endingText({ code, stopped, stdout, stderr }: Ending, when: string): string {
  if (stopped !== undefined) return stopped;
  const said = [stdout, stderr].map((text) => text.replace(/^\d+\n/, "").trim()).filter((text) => text !== "");
  const how = code === null ? "was ended by a signal" : `ended with exit code ${code}`;
  const memory = /JavaScript heap out of memory/.test(stderr) ? ": it used too much memory" : "";
  const words = `it ${how} ${when}${memory}`;
  return said.length > 0 ? `${words}; it wrote:\n${said.join("\n")}` : words;
}

function portOf(line: string): number {
  const port = Number(line);
  if (/^\d{1,5}$/.test(line) && port > 0 && port < 65_536) return port;
  throw new Error(
    `the first line on its standard output must be the port that new PolicyPack(…) writes, got ${JSON.stringify(cut(line, 60))}; ` +
      "write nothing there before it: use console.error",
  );
}

/** The first line of an output, or its beginning when there is no end of it. */
class FirstLine {
  readonly text: Promise<string>;
  #resolve: (line: string) => void = () => undefined;
  #seen = "";

  constructor() {
    this.text = new Promise((resolve) => (this.#resolve = resolve));
  }

  add(chunk: Buffer): void {
    if (this.#seen.length > LONGEST_LINE) return;
    this.#seen += chunk.toString("latin1", 0, 2 * LONGEST_LINE);
    const end = this.#seen.indexOf("\n");
    if (end >= 0) this.#resolve(this.#seen.slice(0, end).trim());
    else if (this.#seen.length > LONGEST_LINE) this.#resolve(this.#seen);
  }
}
