import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { basename, delimiter, join } from "node:path";

/** The tool is missing, or is none. */
export class ToolError extends Error {
  override readonly name = "ToolError";
}

const INSTALL = "install it: go install github.com/google/go-containerregistry/cmd/gcrane@v0.22.1";

/** How the tool is found. */
export interface ToolChoice {
  /** A program, instead of what PATH has. */
  named?: string;
  /** Whether a registry is Google's: gcrane finds the credentials for it by itself; crane needs a fifth less time. */
  isGoogle: boolean;
  /** @default - that of the environment */
  path?: string;
}

/**
 * Finds crane or gcrane. https://github.com/google/go-containerregistry/blob/main/cmd/gcrane/README.md
 *
 * @returns the program's path.
 * @throws ToolError where there is none.
 */
export function findTool({ named, isGoogle, path = process.env.PATH ?? "" }: ToolChoice): string {
  const names = isGoogle ? ["gcrane", "crane"] : ["crane", "gcrane"];
  const file = named ?? names.map((name) => onPath(name, path)).find((found) => found !== undefined);
  if (file === undefined) throw new ToolError(`neither gcrane nor crane is on PATH; ${INSTALL}`);
  return file;
}

/**
 * Name and version of the tool, such as `gcrane v0.22.1`.
 *
 * @throws ToolError where it is something else.
 */
export async function titleOf(tool: string): Promise<string> {
  const version = await new Promise<string>((resolve, reject) =>
    execFile(tool, ["version"], { timeout: 30_000 }, (error, stdout) =>
      error
        ? reject(new ToolError(`${tool} cannot be run (${error.code ?? error.message.split("\n")[0]}); ${INSTALL}`))
        : resolve(stdout.trim()),
    ),
  );
  if (!/^v?\d+\.\d+\.\d+|^\(devel\)$|^[0-9a-f]{7,40}$/.test(version))
    throw new ToolError(`${tool} is neither crane nor gcrane: its version is ${JSON.stringify(version.slice(0, 40))}`);
  return `${basename(tool).replace(/\.exe$/, "")} ${version}`;
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

/** Whether a host is one of Google's registries. */
export function isGoogleHost(host: string): boolean {
  return /(^|\.)(gcr\.io|pkg\.dev|google\.com)$/.test(host);
}
