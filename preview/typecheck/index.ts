import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Diagnostic } from "../graph";
import { type Child, startNode } from "../program/child";
import { type Project } from "../project/projectFile";
import { isNotedRight, notePath } from "./note";
import { checkProgram, type CheckRequest } from "./check";

/** A type check that runs beside the program. */
export interface TypeCheck {
  /** The error that Pulumi's ts-node would print; nothing when the types are right. */
  result: Promise<Diagnostic | undefined>;
  stop(): void;
}

/**
 * Starts to check the program's types in a second process, or gives nothing where the program needs none or where
 * ts-node is to do it itself.
 */
export function startTypeCheck(project: Project): TypeCheck | undefined {
  const request = checkable(project);
  if (!request) return undefined;
  if (isNotedRight(request.note)) return { result: Promise.resolve(undefined), stop: () => undefined };
  const args = ["-e", source(request)];
  const child = startNode({ args, env: process.env, cwd: project.programDirectory });
  return { result: resultOf(child, request), stop: () => child.stop("the program ended first") };
}

function checkable(project: Project): CheckRequest | undefined {
  const { options, programDirectory: directory, entryPoint } = project;
  if (!options.typescript || process.env.PULUMI_NODEJS_TRANSPILE_ONLY) return undefined;
  const entry = entryFile(directory, entryPoint);
  if (!entry) return undefined;
  const tsconfig = options.tsconfig || process.env.PULUMI_NODEJS_TSCONFIG_PATH || "tsconfig.json";
  const typescript = findTypeScript(directory);
  if (!typescript) return undefined;
  return { typescript, directory, entry, tsconfig, note: notePath([typescript, directory, entry, tsconfig]) };
}

/** The program's file where it is plain to see; a package's own entry point is left to ts-node. */
function entryFile(directory: string, entryPoint: string): string | undefined {
  if (entryPoint !== ".") return /\.tsx?$/.test(entryPoint) ? join(directory, entryPoint) : undefined;
  const manifest = join(directory, "package.json");
  if (!existsSync(manifest) || existsSync(join(directory, "index.js"))) return undefined;
  const { main, exports } = JSON.parse(readFileSync(manifest, "utf8")) as { main?: unknown; exports?: unknown };
  const entry = join(directory, typeof main === "string" ? main : "index.ts");
  return exports === undefined && /\.tsx?$/.test(entry) && existsSync(entry) ? entry : undefined;
}

function findTypeScript(directory: string): string | undefined {
  try {
    return createRequire(join(directory, "index.js")).resolve("typescript");
  } catch {
    return undefined;
  }
}

/** Text of the checking process. Compilers that keep names wrap functions in `__name`. */
function source(request: CheckRequest): string {
  return [
    "const __name = (value) => value;",
    `process.stdout.write((${checkProgram.toString()})(${JSON.stringify(request)}, require));`,
  ].join("\n");
}

async function resultOf(child: Child, { entry }: CheckRequest): Promise<Diagnostic | undefined> {
  const { code, stopped, stdout, stderr } = await child.ended;
  if (stopped !== undefined) return undefined;
  const wrong = code === 0 ? stdout : `the type check itself failed:\n${stderr.trimEnd()}`;
  if (wrong === "") return undefined;
  const message = `Running program '${entry}' failed with an unhandled exception:\nTSError: ⨯ Unable to compile TypeScript:\n${wrong}`;
  return { severity: "error", message: message.trimEnd() };
}
