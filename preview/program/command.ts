import { createRequire } from "node:module";
import { join } from "node:path";
import { PreviewError } from "../problem";
import { type StackConfig } from "../project/config";
import { type Project } from "../project/projectFile";
import { withLightSdk, WITHOUT_COLOURS, WITHOUT_UNREAD_STACKS } from "./hooks";

/** A process to start. */
export interface Command {
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
}

/** How the program of a project is run. */
export interface RunOptions {
  project: Project;
  stack: string;
  config: StackConfig;
  /** Address of monitor and engine. */
  address: string;
  /** Another process checks the types. */
  transpileOnly: boolean;
}

/** How many resources the SDK registers at once: Pulumi's own default is a multiple of the cores. */
const PARALLEL = 16;

/** The arguments and environment that Pulumi's Node language host gives to a program in a preview. */
export function runCommand({ project, stack, config, address, transpileOnly }: RunOptions): Command {
  const runner = findRunner(project.programDirectory);
  const args = [
    WITHOUT_COLOURS,
    WITHOUT_UNREAD_STACKS,
    withLightSdk(runner),
    ...splitArguments(project.options.nodeargs),
    runner,
    ...["--monitor", address, "--engine", address, "--organization", "organization"],
    ...["--project", project.name, "--root-directory", project.root, "--stack", stack],
    ...["--pwd", project.programDirectory, "--dry-run", "--parallel", String(PARALLEL), project.entryPoint],
  ];
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PULUMI_CONFIG: JSON.stringify(config.values),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(config.secretKeys),
  };
  if (project.options.typescript) env.PULUMI_NODEJS_TYPESCRIPT = "true";
  if (project.options.tsconfig) env.PULUMI_NODEJS_TSCONFIG_PATH = project.options.tsconfig;
  if (transpileOnly) env.PULUMI_NODEJS_TRANSPILE_ONLY = "true";
  return { args, env, cwd: project.programDirectory };
}

function findRunner(programDirectory: string): string {
  try {
    return createRequire(join(programDirectory, "index.js")).resolve("@pulumi/pulumi/cmd/run");
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    throw PreviewError.of(
      "It looks like the Pulumi SDK has not been installed. Have you run npm install or yarn install? " +
        `(seen from ${programDirectory}: ${reason})`,
    );
  }
}

/** Splits as a shell does: spaces apart, quotes together. */
function splitArguments(text: string): string[] {
  return [...text.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replace(/["']/g, ""));
}
