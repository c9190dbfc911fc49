import { createRequire } from "node:module";
import { join, sep } from "node:path";
import { PreviewError } from "../problem";
import { type Command } from "../program/command";
import { transpileOnly, WITHOUT_COLOURS } from "../program/hooks";
import { type StackConfig } from "../project/config";
import { type PackFile } from "./packFile";

/** The program that a pack judges. */
export interface JudgedStack {
  project: string;
  stack: string;
  config: StackConfig;
}

/** Organization of a program that runs without Pulumi Cloud. */
export const ORGANIZATION = "organization";

const RUNNER = "@pulumi/pulumi/cmd/run-policy-pack";

/**
 * The arguments and environment that Pulumi's Node language host gives to a policy pack in a preview.
 *
 * @param typesAreChecked by another process, so that the pack itself need not.
 */
export function packCommand(
  pack: PackFile,
  { project, stack, config }: JudgedStack,
  address: string,
  typesAreChecked: boolean,
): Command {
  const runner = findRunner(pack);
  const hooks = [WITHOUT_COLOURS, ...(typesAreChecked ? [transpileOnly(runner)] : [])];
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PULUMI_NODEJS_ORGANIZATION: ORGANIZATION,
    PULUMI_NODEJS_PROJECT: project,
    PULUMI_NODEJS_STACK: stack,
    PULUMI_NODEJS_DRY_RUN: "true",
    PULUMI_CONFIG: JSON.stringify(config.values),
  };
  // Without the separator Node would load a file such as pack.json beside the folder.
  return { args: [...hooks, runner, address, `${pack.directory}${sep}`], env, cwd: pack.directory };
}

/** The pack's own SDK, else the one beside Kiln. */
function findRunner(pack: PackFile): string {
  try {
    return createRequire(join(pack.directory, "index.js")).resolve(RUNNER);
  } catch {
    return ownRunner(pack);
  }
}

function ownRunner(pack: PackFile): string {
  try {
    return require.resolve(RUNNER);
  } catch {
    throw PreviewError.of(
      `policy pack ${pack.shown}: it looks like its dependencies are not installed; run npm install in ${pack.shown}`,
    );
  }
}
