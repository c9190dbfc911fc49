import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Diagnostic } from "../graph";
import { type Child, startNode } from "../program/child";
import { type Project } from "../project/projectFile";
import { checkProgram, type CheckRequest } from "./check";
import { dropOldNotes, isNotedRight, notePath, rememberReads, signatureOf } from "./note";

/** A type check that runs beside the program. */
export interface TypeCheck {
  /** The error that Pulumi's ts-node would print; nothing when the types are right. */
  result: Promise<Diagnostic | undefined>;
  stop(): void;
}

/** What of a project, or a policy pack, decides how its types are checked. */
type Checked = Pick<Project, "programDirectory" | "entryPoint" | "options">;

/**
 * Starts to check the program's types in a second process, or gives nothing where the program needs none or where
 * ts-node is to do it itself.
 */
export function startTypeCheck(project: Checked): TypeCheck | undefined {
  const request = checkable(project);
  if (!request) return undefined;
  if (isNotedRight(request.note)) return { result: Promise.resolve(undefined), stop: () => undefined };
  dropOldNotes(request.note);
  const args = ["-e", source(request)];
  const child = startNode({ args, env: process.env, cwd: project.programDirectory });
  return { result: resultOf(child), stop: () => child.stop("not needed any more") };
}

function checkable(project: Checked): CheckRequest | undefined {
  const { options, programDirectory: directory, entryPoint } = project;
  if (!options.typescript || process.env.PULUMI_NODEJS_TRANSPILE_ONLY) return undefined;
  const entry = entryFile(directory, entryPoint);
  if (!entry) return undefined;
  const tsconfig = options.tsconfig || process.env.PULUMI_NODEJS_TSCONFIG_PATH || "tsconfig.json";
  const typescript = findTypeScript(directory);
  if (!typescript) return undefined;
  const note = notePath(typescript, [directory, entry, tsconfig, ...CODE]);
  return { typescript, directory, entry, tsconfig, note };
}

/** The program's file where it is plain to see; a package's own entry point is left to ts-node. */
function entryFile(directory: string, entryPoint: string): string | undefined {
  if (entryPoint !== ".") return /\.tsx?$/.test(entryPoint) ? join(directory, entryPoint) : undefined;
  if (existsSync(join(directory, "index.js"))) return undefined;
  const manifest = readManifest(directory);
  if (!manifest || manifest.exports !== undefined) return undefined;
  const entry = join(directory, typeof manifest.main === "string" ? manifest.main : "index.ts");
  return /\.tsx?$/.test(entry) && existsSync(entry) ? entry : undefined;
}

/** Nothing where there is no package.json or it cannot be read, which the SDK passes over. */
function readManifest(directory: string): { main?: unknown; exports?: unknown } | undefined {
  try {
    return (JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) ?? undefined) as object | undefined;
  } catch {
    return undefined;
  }
}

/** TypeScript as the SDK finds it; none where the program has a ts-node of its own, or one that is set up by variables. */
function findTypeScript(directory: string): string | undefined {
  if (Object.keys(process.env).some((name) => name.startsWith("TS_NODE_"))) return undefined;
  const resolve = (from: string, request: string) => {
    try {
      return createRequire(from).resolve(request);
    } catch {
      return undefined;
    }
  };
  const sdk = resolve(join(directory, "index.js"), "@pulumi/pulumi");
  if (sdk === undefined || resolve(sdk, "ts-node") !== undefined) return undefined;
  return resolve(sdk, "typescript");
}

/** What the checking process consists of. Compilers that keep names wrap functions in `__name`. */
const CODE = [
  "const __name = (value) => value;",
  `const sign = (path) => (${signatureOf.toString()})(path, require("node:fs"));`,
  `const remember = (system) => (${rememberReads.toString()})(system, sign);`,
  `const check = ${checkProgram.toString()};`,
];

function source(request: CheckRequest): string {
  return [...CODE, `process.stdout.write(check(${JSON.stringify(request)}, require, remember));`].join("\n");
}

async function resultOf(child: Child): Promise<Diagnostic | undefined> {
  const { code, stopped, stdout, stderr } = await child.ended;
  if (stopped !== undefined) return undefined;
  const message = code === 0 ? stdout.trimEnd() : `the type check itself failed:\n${stderr.trimEnd()}`;
  return message === "" ? undefined : { severity: "error", message };
}
