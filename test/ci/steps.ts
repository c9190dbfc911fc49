import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

export const ROOT = join(__dirname, "../..");

/** A step of an action or of a job, as far as it is run here. */
export interface Step {
  name?: string;
  id?: string;
  if?: string;
  uses?: string;
  env?: Record<string, string>;
  "working-directory"?: string;
  run?: string;
}

/** What `${{ … }}` may name: `inputs.stack`, `github.event.number`, `steps.base.outputs.folder`. */
export type Context = Record<string, unknown>;

/** How a script ended. */
export interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** A folder of its own for one run, with what a runner gives to every step. */
export class Runner {
  readonly folder = mkdtempSync(join(tmpdir(), "kiln-ci-"));
  readonly workspace = join(this.folder, "workspace");
  readonly temp = join(this.folder, "temp");
  readonly steps: Record<string, { outputs: Record<string, string> }> = {};
  readonly #bin = join(this.folder, "bin");

  constructor() {
    for (const folder of [this.workspace, this.temp, this.#bin, join(this.folder, "home")]) mkdirSync(folder);
    // Stands in for the registry: packages are those of the repository.
    this.#command(
      "npm",
      `[ "$1" != ci ] || { ln -s '${ROOT}/node_modules' node_modules; exit 0; }\nexec '${which("npm")}' "$@"`,
    );
  }

  #command(name: string, script: string): void {
    const file = join(this.#bin, name);
    writeFileSync(file, `#!/usr/bin/env bash\n${script}\n`);
    chmodSync(file, 0o755);
  }

  /** Runs a script as the runner's bash does. */
  async bash(script: string, env: Record<string, string> = {}, cwd = this.workspace): Promise<Ended> {
    const file = join(this.folder, "script.sh");
    writeFileSync(file, script);
    const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", file], {
      cwd,
      env: { ...this.#surroundings(), ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const text = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (data: string) => (text.stdout += data));
    child.stderr.setEncoding("utf8").on("data", (data: string) => (text.stderr += data));
    const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
    return { status, ...text };
  }

  #surroundings(): Record<string, string> {
    return {
      PATH: `${this.#bin}:${process.env.PATH ?? ""}`,
      HOME: join(this.folder, "home"),
      LANG: "C.UTF-8",
      GITHUB_WORKSPACE: this.workspace,
      RUNNER_TEMP: this.temp,
      GITHUB_OUTPUT: join(this.temp, "output"),
      GITHUB_STEP_SUMMARY: join(this.temp, "summary"),
    };
  }

  /** Runs one step with its variables and its folder, and keeps its outputs. */
  async run(step: Step, context: Context = {}, env: Record<string, string> = {}): Promise<Ended> {
    const known = { ...context, env, steps: this.steps };
    const own = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, filled(text, known)]));
    const cwd = join(this.workspace, filled(step["working-directory"] ?? "", known));
    const output = join(this.temp, "output");
    writeFileSync(output, "");
    const ended = await this.bash(step.run ?? "", { ...env, ...own }, cwd);
    if (step.id) this.steps[step.id] = { outputs: outputsIn(readFileSync(output, "utf8")) };
    return ended;
  }

  /** Runs steps until one fails. */
  async runAll(steps: Step[], context: Context = {}, env: Record<string, string> = {}): Promise<Ended> {
    const all: Ended = { status: 0, stdout: "", stderr: "" };
    for (const step of steps.filter(({ run }) => run !== undefined)) {
      const { status, stdout, stderr } = await this.run(step, context, env);
      all.stdout += stdout;
      all.stderr += stderr;
      all.status = status;
      if (status !== 0) break;
    }
    return all;
  }

  /** Markdown of the job's summary. */
  get summary(): string {
    const file = join(this.temp, "summary");
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What a YAML file of the repository says. */
export function yamlFile<T>(path: string): T {
  return parse(readFileSync(join(ROOT, path), "utf8")) as T;
}

/** Text with each `${{ a.b.c }}` replaced by what the context holds there; nothing else is understood. */
export function filled(text: string, context: Context): string {
  return text.replace(/\$\{\{\s*([^}]*?)\s*\}\}/g, (_, path: string) => {
    if (!/^[\w-]+(\.[\w-]+)+$/.test(path)) throw new Error(`more than a name: ${path}`);
    let value: unknown = context;
    for (const name of path.split(".")) value = (value as Context | undefined)?.[name];
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  });
}

function outputsIn(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line.includes("="));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

function which(command: string): string {
  const folder = (process.env.PATH ?? "").split(":").find((path) => existsSync(join(path, command)));
  return join(folder ?? "/usr/bin", command);
}
