import { resolve } from "node:path";
import { type PreviewGraph } from "../graph";
import { PreviewError } from "../problem";
import { type Ending, startProcess } from "../program/child";
import { parsePulumiJson } from "./pulumiJson";

/** How the CLI is asked. */
export interface PulumiOptions {
  directory: string;
  /** @default - the stack that is selected in the CLI */
  stack?: string;
  timeoutMs: number;
  signal?: AbortSignal;
}

/** JSON of tens of thousands of resources. */
const MAX_JSON_BYTES = 256 * 1024 * 1024;

/** Lets the installed Pulumi CLI make the preview: with state, diff and provider checks. */
export async function previewWithPulumi({ directory, stack, timeoutMs, signal }: PulumiOptions): Promise<PreviewGraph> {
  const args = ["preview", "--json", "--non-interactive", ...(stack === undefined ? [] : ["--stack", stack])];
  const child = startProcess("pulumi", { args, env: process.env, cwd: resolve(directory) }, MAX_JSON_BYTES);
  const timer = setTimeout(
    () => child.stop(`pulumi preview did not end within ${timeoutMs / 1000} s; it was stopped. Raise --timeout`),
    timeoutMs,
  );
  const abort = () => child.stop("The preview was interrupted");
  signal?.addEventListener("abort", abort, { once: true });
  try {
    return readEnding(await child.ended);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "ENOENT" ? notInstalled(directory) : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

function readEnding({ code, stopped, stdout, stderr }: Ending): PreviewGraph {
  if (stopped !== undefined) throw PreviewError.of(stopped);
  if (stdout.trimStart().startsWith("{")) return parsePulumiJson(stdout, "pulumi preview --json");
  const said = (stderr.trim() || stdout.trim()).replace(/^error: /, "");
  throw PreviewError.of(said || `pulumi preview ended with exit code ${code ?? -1} and said nothing`);
}

function notInstalled(directory: string): PreviewError {
  return PreviewError.of(
    `the Pulumi CLI is not installed: no command pulumi on the PATH (or no folder ${directory}). ` +
      "Install it from https://www.pulumi.com/docs/install/, or leave --engine out",
  );
}
